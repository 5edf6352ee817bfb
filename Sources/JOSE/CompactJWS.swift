/// A token taken apart and not verified: nothing in it is to be believed yet.
package struct CompactJWS: Sendable {
    /// The longest token that is looked at, in bytes.
    package static let maximumCount = 16 * 1024

    /// The header.
    package let header: JWSHeader
    /// The bytes the signature is over: header and payload as they were sent.
    let signingInput: [UInt8]
    /// The decoded payload, not verified.
    let payload: [UInt8]
    let signature: [UInt8]

    /// Takes a compact serialization apart (RFC 7515, section 7.1).
    package init(parsing text: UnsafeRawBufferPointer) throws(JOSEError) {
        guard text.count <= Self.maximumCount else {
            throw JOSEError(.tokenTooLong, "the token is longer than \(Self.maximumCount) bytes")
        }
        let (first, second) = try Self.dots(in: text)
        guard let header = Base64URL.decode(text[..<first]), let payload = Base64URL.decode(text[(first + 1)..<second]),
            let signature = Base64URL.decode(text[(second + 1)...])
        else { throw JOSEError(.malformedToken, "a segment is not canonical base64url") }
        self.header = try JWSHeader(header)
        self.payload = payload
        self.signature = signature
        signingInput = Array(text[..<second])
    }

    /// The places of exactly two dots, with something before the first and behind the second.
    ///
    /// An empty payload is a JWS (RFC 7515 allows any bytes); that it is no token is for whoever reads the claims.
    /// Found by scanning: splitting a text of many dots into pieces costs memory first (CVE-2025-30204).
    private static func dots(in text: UnsafeRawBufferPointer) throws(JOSEError) -> (Int, Int) {
        let dot = UInt8(ascii: ".")
        guard let first = text.firstIndex(of: dot), let second = text[(first + 1)...].firstIndex(of: dot),
            !text[(second + 1)...].contains(dot)
        else { throw JOSEError(.malformedToken, "the token does not have exactly two dots") }
        guard first > 0, second + 1 < text.count else {
            throw JOSEError(.malformedToken, "a segment is empty")
        }
        return (first, second)
    }
}
