internal import OpenSSLCrypto
package import Secrets

/// A scoped token: `inj_`, 256 random bits in base 62, and a checksum, by which a scanner tells one from other text.
///
/// It says nothing and can be forged by nobody; what it opens is in the `TokenStore`.
package struct AccessToken: Sendable {
    /// The text; whoever has it can read what was granted until it expires.
    package let text: SecretBytes
    /// What is stored of it.
    package let digest: TokenDigest

    private static let prefix = Array("inj_".utf8)
    private static let randomDigits = 43
    private static let checkDigits = 6
    /// The length of every token.
    package static let count = 4 + randomDigits + checkDigits

    /// Makes a token.
    package static func mint() throws(BrokerFault) -> AccessToken {
        guard let random = try? SecureRandom.secret(32), let text = try? text(of: random),
            let digest = try? text.withExposedBytes({ bytes in try TokenDigest(of: bytes) })
        else { throw .resources }
        return AccessToken(text: text, digest: digest)
    }

    /// Reads a token; nil for any other text, which is then looked up nowhere.
    package init?(_ text: SecretBytes) {
        let isToken = text.withExposedBytes { bytes in
            guard bytes.count == Self.count, bytes.starts(with: Self.prefix) else { return false }
            let body = UnsafeRawBufferPointer(rebasing: bytes.dropLast(Self.checkDigits))
            return bytes.dropFirst(Self.prefix.count).allSatisfy(Base62.isDigit)
                && bytes.suffix(Self.checkDigits).elementsEqual(Self.check(body))
        }
        guard isToken, let digest = try? text.withExposedBytes({ bytes in try TokenDigest(of: bytes) }) else {
            return nil
        }
        self.init(text: text, digest: digest)
    }

    private init(text: SecretBytes, digest: TokenDigest) {
        self.text = text
        self.digest = digest
    }

    private static func text(of random: SecretBytes) throws(SecretMemoryError) -> SecretBytes {
        var text = try SecretBuffer(capacity: count)
        try text.append(contentsOf: prefix)
        _ = try text.appendUninitialized(capacity: randomDigits) { room in
            random.withExposedBytes { Base62.write($0, into: room) }
            return room.count
        }
        try text.append(contentsOf: text.withExposedBytes(check))
        return text.finish()
    }

    private static func check(_ body: UnsafeRawBufferPointer) -> [UInt8] {
        let value = Checksum.crc32(body)
        var digits = [UInt8](repeating: 0, count: checkDigits)
        withUnsafeBytes(of: value.bigEndian) { value in
            digits.withUnsafeMutableBytes { Base62.write(value, into: $0) }
        }
        return digits
    }
}
