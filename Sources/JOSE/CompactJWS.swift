package import Secrets

/// A token taken apart (RFC 7515, section 7.1): well-formed, and not verified.
///
/// Whoever holds a token may use it, so its text stays in the locked memory it came in. The payload is decoded because
/// its claims are no secret, but it reaches the outside only through `JWSVerifier`.
package struct CompactJWS: Sendable {
    /// The header, unverified.
    package let header: JWSHeader
    let payload: [UInt8]
    let signature: SecretBytes
    private let text: SecretBytes
    private let signedCount: Int

    /// Takes `text` apart, which must be exactly one token without white space around it.
    package init(parsing text: SecretBytes, limits: JWSLimits = .token) throws(JOSEError) {
        self.text = text
        let parts = try text.withExposedBytes { bytes throws(JOSEError) in
            guard bytes.count <= limits.bytes else { throw JOSEError(.tokenTooLong) }
            return try Parts(of: bytes, allowsEmptyPayload: limits.allowsEmptyPayload)
        }
        signedCount = parts.payload.upperBound
        let header = try text.withExposedBytes { bytes throws(JOSEError) in try Self.decode(parts.header, of: bytes) }
        self.header = try JWSHeader(header, limits: limits.header)
        payload = try text.withExposedBytes { bytes throws(JOSEError) in try Self.decode(parts.payload, of: bytes) }
        signature = try text.withExposedBytes { bytes throws(JOSEError) in
            try Self.decodeSecret(parts.signature, of: bytes)
        }
    }

    /// Lends the bytes that are signed: header and payload as they were sent, with the dot between them.
    func withSignedBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        text.withExposedBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<signedCount])) }
    }
}

extension CompactJWS {
    /// Where the three parts are.
    private struct Parts {
        let header: Range<Int>
        let payload: Range<Int>
        let signature: Range<Int>

        /// Looks for the dots one after the other: a token of a million dots costs three looks and no memory.
        init(of text: UnsafeRawBufferPointer, allowsEmptyPayload: Bool) throws(JOSEError) {
            let dot = UInt8(ascii: ".")
            guard let first = text.place(of: dot), let second = text.place(of: dot, from: first + 1),
                text.place(of: dot, from: second + 1) == nil
            else { throw JOSEError(.notThreeParts) }
            header = 0..<first
            payload = first + 1..<second
            signature = second + 1..<text.count
            guard !header.isEmpty, !payload.isEmpty || allowsEmptyPayload, !signature.isEmpty else {
                throw JOSEError(.emptyPart)
            }
        }
    }

    private static func decode(_ part: Range<Int>, of text: UnsafeRawBufferPointer) throws(JOSEError) -> [UInt8] {
        guard let bytes = Base64URL.decode(UnsafeRawBufferPointer(rebasing: text[part])) else {
            throw JOSEError(.notBase64URL)
        }
        return bytes
    }

    private static func decodeSecret(
        _ part: Range<Int>,
        of text: UnsafeRawBufferPointer
    ) throws(JOSEError) -> SecretBytes {
        let digits = UnsafeRawBufferPointer(rebasing: text[part])
        var isCanonical = false
        do throws(SecretMemoryError) {
            var buffer = try SecretBuffer(capacity: part.count)
            _ = try buffer.appendUninitialized(capacity: part.count) { room in
                let count = Base64URL.decode(digits, into: room)
                isCanonical = count != nil
                return count ?? 0
            }
            if isCanonical { return buffer.finish() }
        } catch {
            throw JOSEError(.noMemory)
        }
        throw JOSEError(.notBase64URL)
    }
}
