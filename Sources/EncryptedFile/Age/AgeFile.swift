import OpenSSLCrypto
package import Secrets

/// Files of age, version 1 (github.com/C2SP/C2SP/blob/main/age.md).
package enum AgeFile {
    /// Decrypts a file, armored or not.
    package static func open(_ file: [UInt8], with identities: [any AgeIdentity]) throws(AgeError) -> SecretBytes {
        let file = AgeArmor.isPresent(in: file) ? try AgeArmor.decode(file) : file
        let header = try AgeHeader(file)
        guard header.stanzas.count == 1 || !header.stanzas.contains(where: { $0.type == "scrypt" }) else {
            throw .header
        }
        for identity in identities {
            guard let fileKey = try identity.fileKey(in: header) else { continue }
            guard let mac = try? AgeFileKey.mac(header.authenticated, fileKey) else { throw .unavailable }
            guard isSame(mac, header.mac) else { throw .headerNotAuthentic }
            return try AgeStream.open(file[header.count...], fileKey: fileKey)
        }
        throw .noMatch
    }

    /// Encrypts to recipients, in ASCII armor; there has to be one at least.
    package static func seal(_ plaintext: SecretBytes, to recipients: [X25519Recipient]) throws(AgeError) -> String {
        guard !recipients.isEmpty else { throw .noMatch }
        do {
            let fileKey = try SecureRandom.secret(AgeFileKey.count)
            let stanzas = try recipients.map { try $0.stanza(wrapping: fileKey) }
            let header = AgeHeader.unauthenticated(stanzas)
            let mac = try AgeFileKey.mac(Array(header.utf8), fileKey)
            let start = "\(header) \(Base64Text.encode(mac, padded: false))\n"
            return AgeArmor.encode(try Array(start.utf8) + AgeStream.seal(plaintext, fileKey: fileKey))
        } catch {
            throw .unavailable
        }
    }

    /// Compares in a time that tells nothing of where they differ.
    private static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
