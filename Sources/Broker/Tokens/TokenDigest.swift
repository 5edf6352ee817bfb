package import OpenSSLCrypto
internal import Secrets

/// The SHA-256 of a token: all that is stored or recorded of one.
package struct TokenDigest: Hashable, Sendable {
    /// The 32 bytes.
    package let bytes: [UInt8]

    /// Takes a digest that was stored.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads what `hexadecimal` wrote.
    package init?(hexadecimal text: String) {
        guard let bytes = Base16.bytes(text.utf8), bytes.count == 32 else { return nil }
        self.init(bytes: bytes)
    }

    /// Digests a token, or a part of one.
    package init(of token: UnsafeRawBufferPointer) throws(CryptoError) {
        bytes = try DigestAlgorithm.sha256.hash(token)
    }

    /// Hashes the bytes at once.
    package func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    /// The digest as records have it.
    package var hexadecimal: String { Base16.text(bytes) }

    /// The digest of a token as records have it; nil where OpenSSL cannot digest.
    static func hexadecimal(of token: SecretBytes) -> String? {
        token.withExposedBytes { try? TokenDigest(of: $0) }?.hexadecimal
    }
}
