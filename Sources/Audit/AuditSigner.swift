package import OpenSSLCrypto

/// Signs the checkpoints of a log with Ed25519.
package struct AuditSigner: Sendable {
    private let key: PrivateKey
    /// The key's name: the first half of its SHA-256.
    package let keyID: String

    /// Takes an Ed25519 key.
    package init(_ key: PrivateKey) throws(CryptoError) {
        self.key = key
        keyID = try Self.keyID(key.publicKey)
    }

    /// The half of the key that checks.
    package var publicKey: PublicKey { key.publicKey }

    static func keyID(_ key: PublicKey) throws(CryptoError) -> String {
        guard case .ed25519(let bytes) = key.components else { return "" }
        return String(try AuditHash.of(bytes).prefix(32))
    }

    func checkpoint(after sequence: Int64, hash: String) throws(CryptoError) -> AuditCheckpoint {
        let message = AuditCheckpoint.message(sequence: sequence, hash: hash)
        let result: Result<[UInt8], CryptoError> = message.withUnsafeBytes { bytes in
            do throws(CryptoError) { return .success(try key.sign(bytes, using: .ed25519)) } catch {
                return .failure(error)
            }
        }
        return AuditCheckpoint(keyID: keyID, signature: try result.get())
    }
}
