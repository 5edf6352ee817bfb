package import OpenSSLCrypto

/// The SHA-256 of a token: all that is stored or recorded of one.
package struct TokenDigest: Hashable, Sendable {
    /// The 32 bytes.
    package let bytes: [UInt8]

    /// Takes a digest that was stored.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// Digests a token, or a part of one.
    package init(of token: UnsafeRawBufferPointer) throws(CryptoError) {
        bytes = try DigestAlgorithm.sha256.hash(token)
    }

    /// The digest as records have it.
    package var hexadecimal: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
