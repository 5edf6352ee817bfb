internal import StrictJSON

/// The members of a token's header that are used; nothing in it is trusted before the signature is checked.
///
/// `jku`, `x5u`, `jwk` and `x5c` would let the token choose its own key. They are tolerated like any other unknown
/// member and never read; a real issuer sends `x5t`.
package struct JWSHeader: Sendable {
    /// The longest `kid`, in bytes.
    package static let maximumKeyIDCount = 128

    /// The bytes of `alg`, of which nothing is known yet.
    package let algorithm: [UInt8]
    /// The bytes of `kid`, opaque: only ever compared with those of the issuer's keys.
    package let keyID: [UInt8]?
    /// The bytes of `typ`.
    package let type: [UInt8]?

    init(_ text: [UInt8], limits: JSONLimits) throws(JOSEError) {
        guard let header = try? JSONDocument(text, limits: limits).root.object else {
            throw JOSEError(.malformedHeader)
        }
        // RFC 7515, section 4.1.11: what is not understood must be refused, and no extension is understood here. `b64`
        // (RFC 7797) must come with `crit`; alone it is a trap for those who honour it anyway.
        guard header["crit"] == nil, header["b64"] == nil else { throw JOSEError(.extendedHeader) }
        guard header["cty"] == nil else { throw JOSEError(.nestedContent) }
        guard let algorithm = try Self.string("alg", of: header, in: text) else { throw JOSEError(.malformedHeader) }
        self.algorithm = algorithm
        keyID = try Self.string("kid", of: header, in: text)
        type = try Self.string("typ", of: header, in: text)
        guard keyID?.count ?? 0 <= Self.maximumKeyIDCount else { throw JOSEError(.keyIDTooLong) }
    }

    /// The bytes of a member; nil where it is absent, an error where it is no string.
    private static func string(
        _ name: String,
        of header: JSONObject,
        in text: [UInt8]
    ) throws(JOSEError) -> [UInt8]? {
        guard let member = header[name] else { return nil }
        guard let string = member.string else { throw JOSEError(.malformedHeader) }
        return text.withUnsafeBytes { string.bytes(in: $0) }
    }
}
