internal import StrictJSON

/// The protected header of a token, of which only `alg`, `kid` and `typ` are ever used.
///
/// `jku`, `x5u`, `jwk` and `x5c` would let the token bring its own key and are ignored, like every unknown parameter;
/// the key comes from the issuer's set alone.
package struct JWSHeader: Hashable, Sendable {
    /// The name of the algorithm, as bytes.
    package let algorithm: [UInt8]
    /// The key's id, opaque.
    package let keyID: [UInt8]?
    /// The type, where there is one.
    package let type: [UInt8]?

    /// Reads a decoded header.
    init(_ text: [UInt8]) throws(JOSEError) {
        guard let document = try? JSONDocument(text, limits: .token), let object = document.root.object else {
            throw JOSEError(.malformedHeader, "the header is not a JSON object without duplicates")
        }
        for name in ["crit", "cty", "b64", "zip", "enc"] where object[name] != nil {
            throw JOSEError(.forbiddenHeader, "the header has `\(name)`")
        }
        guard let algorithm = try Self.text("alg", object, text) else {
            throw JOSEError(.malformedHeader, "the header has no `alg`")
        }
        self.algorithm = algorithm
        keyID = try Self.text("kid", object, text)
        type = try Self.text("typ", object, text)
        guard keyID?.count ?? 0 <= 128 else { throw JOSEError(.malformedHeader, "the `kid` is longer than 128 bytes") }
    }

    private static func text(_ name: String, _ object: JSONObject, _ text: [UInt8]) throws(JOSEError) -> [UInt8]? {
        guard let node = object[name] else { return nil }
        guard let string = node.string else {
            throw JOSEError(.malformedHeader, "the header's `\(name)` is \(node.kind), not a string")
        }
        return text.withUnsafeBytes { string.bytes(in: $0) }
    }
}
