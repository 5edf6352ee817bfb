import OpenSSLCrypto
import Secrets

/// An encrypted value: `ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]` (github.com/getsops/sops, "Encryption protocol").
struct SopsValue: Sendable {
    private static let nonceCount = 32
    private static let start = "ENC[AES256_GCM,data:"

    let ciphertext: [UInt8]
    let nonce: [UInt8]
    let tag: [UInt8]
    /// `str`, `int`, `float`, `bool`, `bytes` or `comment`; not authenticated, so nothing is decided by it.
    let type: String

    /// Reads a value's text; nil for one that is not encrypted.
    init?(_ text: String) {
        guard text.hasPrefix(Self.start), text.hasSuffix("]") else { return nil }
        var fields: [String: String] = [:]
        for field in text.dropFirst("ENC[AES256_GCM,".count).dropLast().split(separator: ",") {
            guard let colon = field.firstIndex(of: ":") else { return nil }
            fields[String(field[..<colon])] = String(field[field.index(after: colon)...])
        }
        guard fields.count == 4, let type = fields["type"],
            let ciphertext = Base64Text.decode((fields["data"] ?? "").utf8, padded: true),
            let nonce = Base64Text.decode((fields["iv"] ?? "").utf8, padded: true), !nonce.isEmpty,
            let tag = Base64Text.decode((fields["tag"] ?? "").utf8, padded: true)
        else { return nil }
        self.ciphertext = ciphertext
        self.nonce = nonce
        self.tag = tag
        self.type = type
    }

    /// Encrypts a value.
    init(
        sealing plaintext: SecretBytes,
        type: String = "str",
        with dataKey: SecretBytes,
        at path: SopsPath
    ) throws(CryptoError) {
        try self.init(sealing: plaintext, type: type, with: dataKey, associatedData: path.associatedData)
    }

    init(
        sealing plaintext: SecretBytes,
        type: String,
        with dataKey: SecretBytes,
        associatedData: [UInt8]
    ) throws(CryptoError) {
        let nonce = try SecureRandom.bytes(Self.nonceCount)
        let cipher = try AuthenticatedCipher(.aes256GCM, key: dataKey)
        let sealed = plaintext.withExposedBytes { bytes in
            Result { () throws(CryptoError) in
                try cipher.seal(bytes, nonce: nonce, associatedData: associatedData)
            }
        }
        (ciphertext, tag) = try sealed.get()
        self.nonce = nonce
        self.type = type
    }

    /// The value's text.
    var text: String {
        let (data, iv, tag) = (encoded(ciphertext), encoded(nonce), encoded(tag))
        return "\(Self.start)\(data),iv:\(iv),tag:\(tag),type:\(type)]"
    }

    private func encoded(_ bytes: [UInt8]) -> String { Base64Text.encode(bytes, padded: true) }

    /// The plaintext; nil where key, place or bytes are not those it was encrypted with.
    func open(with dataKey: SecretBytes, associatedData: [UInt8]) -> SecretBytes? {
        guard let cipher = try? AuthenticatedCipher(.aes256GCM, key: dataKey) else { return nil }
        return ciphertext.withUnsafeBytes { bytes in
            try? cipher.open(bytes, tag: tag, nonce: nonce, associatedData: associatedData)
        }
    }
}
