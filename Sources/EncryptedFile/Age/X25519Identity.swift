import OpenSSLCrypto
package import Secrets

/// The private key of an X25519 recipient, such as `AGE-SECRET-KEY-1…` (C2SP age.md, "X25519 recipient stanza").
package struct X25519Identity: AgeIdentity {
    static let info = Array("age-encryption.org/v1/X25519".utf8)
    static let nonce = [UInt8](repeating: 0, count: 12)
    private let key: X25519PrivateKey

    /// Reads an identity's text.
    package init(_ text: SecretBytes) throws(AgeError) {
        guard let bytes = Bech32.decode(text, prefix: "age-secret-key-") else { throw .malformedKey }
        do throws(CryptoError) { key = try X25519PrivateKey(bytes) } catch {
            throw error.code == .malformedKey ? .malformedKey : .unavailable
        }
    }

    /// Whom to encrypt to.
    package var recipient: X25519Recipient { X25519Recipient(publicKey: key.publicKey) }

    /// Unwraps the key that is wrapped for this identity.
    package func fileKey(in header: AgeHeader) throws(AgeError) -> SecretBytes? {
        var found: SecretBytes?
        // All of them, so that a malformed stanza is refused wherever it stands.
        for stanza in header.stanzas where stanza.type == "X25519" {
            let key = try unwrap(stanza)
            found = found ?? key
        }
        return found
    }

    private func unwrap(_ stanza: AgeStanza) throws(AgeError) -> SecretBytes? {
        guard stanza.arguments.count == 1, stanza.body.count == 32,
            let share = Base64Text.decode(stanza.arguments[0].utf8, padded: false), share.count == 32,
            // A share of low order makes the secret all zeros, which OpenSSL refuses.
            let secret = try? key.sharedSecret(with: share)
        else { throw .header }
        return AgeFileKey.unwrap(stanza.body, secret: secret, salt: share + key.publicKey, info: Self.info)
    }
}
