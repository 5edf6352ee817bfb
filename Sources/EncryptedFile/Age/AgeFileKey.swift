import OpenSSLCrypto
import Secrets

/// The 16 bytes from which everything in an age file is derived, and their wrapping.
enum AgeFileKey {
    static let count = 16
    private static let nonce = [UInt8](repeating: 0, count: 12)

    /// Unwraps with a key derived from a secret; nil where it was not made for that.
    static func unwrap(_ body: [UInt8], secret: SecretBytes, salt: [UInt8], info: [UInt8]) -> SecretBytes? {
        guard let key = try? KeyDerivation.hkdf(.sha256, secret: secret, salt: salt, info: info) else { return nil }
        return unwrap(body, with: key)
    }

    /// Unwraps; nil where it was not made with this key.
    static func unwrap(_ body: [UInt8], with key: SecretBytes) -> SecretBytes? {
        guard let cipher = try? AuthenticatedCipher(.chaCha20Poly1305, key: key) else { return nil }
        return body.dropLast(AuthenticatedCipher.tagCount).withUnsafeBytes { bytes in
            try? cipher.open(bytes, tag: Array(body.suffix(AuthenticatedCipher.tagCount)), nonce: nonce)
        }
    }

    /// Wraps a file key.
    static func wrap(_ fileKey: SecretBytes, with key: SecretBytes) throws(CryptoError) -> [UInt8] {
        let cipher = try AuthenticatedCipher(.chaCha20Poly1305, key: key)
        return try fileKey.withExposedBytes { (bytes) throws(CryptoError) in
            let sealed = try cipher.seal(bytes, nonce: nonce)
            return sealed.ciphertext + sealed.tag
        }
    }

    /// The MAC of a header under a file key.
    static func mac(_ header: [UInt8], _ fileKey: SecretBytes) throws(CryptoError) -> [UInt8] {
        let key = try KeyDerivation.hkdf(.sha256, secret: fileKey, salt: [], info: Array("header".utf8))
        // Arrays hand their bytes on only to closures that throw nothing or anything.
        let mac = header.withUnsafeBytes { bytes in
            Result { () throws(CryptoError) in try MessageAuthentication.sha256(bytes, key: key) }
        }
        return try mac.get()
    }
}
