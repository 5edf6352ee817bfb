package import OpenSSLCrypto

/// The SHA-256 of a token: all that is stored or recorded of one.
package struct TokenDigest: Hashable, Sendable {
    /// The 32 bytes.
    package let bytes: [UInt8]

    /// Takes a digest that was stored.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads what `hexadecimal` wrote.
    package init?(hexadecimal text: String) {
        let digits = text.utf8.compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
        guard digits.count == 64, text.utf8.count == 64 else { return nil }
        self.init(bytes: stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
    }

    /// Digests a token, or a part of one.
    package init(of token: UnsafeRawBufferPointer) throws(CryptoError) {
        bytes = try DigestAlgorithm.sha256.hash(token)
    }

    /// The digest as records have it.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
