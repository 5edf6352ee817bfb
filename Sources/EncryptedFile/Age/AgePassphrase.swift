import OpenSSLCrypto
package import Secrets

/// A passphrase as an identity (C2SP age.md, "scrypt recipient stanza").
package struct AgePassphrase: AgeIdentity {
    private static let label = Array("age-encryption.org/v1/scrypt".utf8)
    /// The highest cost that is paid for somebody else's file: 4 GiB of memory, and many seconds.
    private static let mostWork = 22

    private let passphrase: SecretBytes

    /// Takes a passphrase.
    package init(_ passphrase: SecretBytes) { self.passphrase = passphrase }

    /// Unwraps the key; a passphrase's stanza has to be the only one.
    package func fileKey(in header: AgeHeader) throws(AgeError) -> SecretBytes? {
        guard let stanza = header.stanzas.first(where: { $0.type == "scrypt" }) else { return nil }
        guard header.stanzas.count == 1, stanza.arguments.count == 2, stanza.body.count == 32,
            let salt = Base64Text.decode(stanza.arguments[0].utf8, padded: false), salt.count == 16,
            let work = Self.number(stanza.arguments[1]), work <= Self.mostWork
        else { throw .header }
        guard
            let key = try? KeyDerivation.scrypt(passphrase: passphrase, salt: Self.label + salt, workFactor: work)
        else { throw .unavailable }
        return AgeFileKey.unwrap(stanza.body, with: key)
    }

    private static func number(_ text: String) -> Int? {
        guard text.utf8.first != UInt8(ascii: "0"), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text.utf8.count <= 2
        else { return nil }
        return Int(text)
    }
}
