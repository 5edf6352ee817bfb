import OpenSSLCrypto
import Secrets

/// Whom a file is encrypted to, such as `age1…`.
package struct X25519Recipient: Hashable, Sendable {
    private let publicKey: [UInt8]

    init(publicKey: [UInt8]) { self.publicKey = publicKey }

    /// Reads a recipient's text.
    package init(_ text: String) throws(AgeError) {
        let bytes = Array(text.utf8)
        guard let secret = bytes.withUnsafeBytes({ try? SecretBytes(copying: $0) }),
            let key = Bech32.decode(secret, prefix: "age"), key.count == X25519PrivateKey.byteCount
        else { throw .malformedKey }
        publicKey = key.withExposedBytes { Array($0) }
    }

    /// The recipient's text.
    package var text: String { Bech32.encode(publicKey, prefix: "age") }

    func stanza(wrapping fileKey: SecretBytes) throws(CryptoError) -> AgeStanza {
        let ephemeral = try X25519PrivateKey.generate()
        let secret = try ephemeral.sharedSecret(with: publicKey)
        let salt = ephemeral.publicKey + publicKey
        let key = try KeyDerivation.hkdf(.sha256, secret: secret, salt: salt, info: X25519Identity.info)
        return AgeStanza(
            type: "X25519",
            arguments: [Base64Text.encode(ephemeral.publicKey, padded: false)],
            body: try AgeFileKey.wrap(fileKey, with: key)
        )
    }
}
