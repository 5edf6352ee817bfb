package import Diagnostics
package import OpenSSLCrypto
internal import Secrets

extension Diagnostic.ID {
    /// A file does not hold the key that signs or checks a log.
    package static let auditKeyUnusable = Diagnostic.ID("audit-key-unusable")
}

/// Ed25519 keys in PEM (RFC 8410), as `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout` write them.
package enum AuditKeyFile {
    private static let longest = 4096
    // The DER of the two structures is the same for all keys up to the key's 32 bytes.
    private static let privateHead: [UInt8] = [0x30, 0x2E, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 0x22, 4, 0x20]
    private static let publicHead: [UInt8] = [0x30, 0x2A, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 3, 0x21, 0]

    /// The key that signs.
    package static func signer(_ path: String) throws(Diagnostic) -> AuditSigner {
        let seed = try content(path, "PRIVATE KEY", privateHead)
        do throws(CryptoError) { return try AuditSigner(PrivateKey.importEd25519(seed)) } catch {
            throw refusal(of: path, error.code, "it is no private Ed25519 key")
        }
    }

    /// The key that checks.
    package static func publicKey(_ path: String) throws(Diagnostic) -> PublicKey {
        let bytes = try content(path, "PUBLIC KEY", publicHead).withExposedBytes { Array($0) }
        do throws(CryptoError) { return try PublicKey(ed25519: bytes) } catch {
            throw refusal(of: path, error.code, "it is no public Ed25519 key")
        }
    }

    private static func content(_ path: String, _ label: String, _ head: [UInt8]) throws(Diagnostic) -> SecretBytes {
        let text: SecretBytes
        do throws(SecretFileError) { text = try SecretBytes.contents(ofFile: path, limit: longest) } catch {
            throw unusable(path, error.reason)
        }
        do throws(SecretMemoryError) {
            if let der = try Base64.decode(try body(of: text, label)), der.count == head.count + 32 {
                let isRight = der.withExposedBytes { $0.starts(with: head) }
                if isRight { return try der.dropping(head.count) }
            }
        } catch {
            throw unusable(path, "there is no memory for it")
        }
        throw unusable(path, "it is no Ed25519 \(label.lowercased()) in PEM")
    }

    /// What stands between the two lines with the label, without line breaks.
    private static func body(of text: SecretBytes, _ label: String) throws(SecretMemoryError) -> SecretBytes {
        try text.withExposedBytes { (bytes) throws(SecretMemoryError) in
            var output = try SecretBuffer(capacity: bytes.count)
            var isInside = false
            for line in bytes.split(separator: 0x0A) {
                if line.starts(with: "-----BEGIN \(label)-----".utf8) {
                    isInside = true
                } else if isInside {
                    guard line.first != UInt8(ascii: "-") else { break }
                    for byte in line where byte != 0x0D { try output.append(byte) }
                }
            }
            return output.finish()
        }
    }

    /// A new pair would check no log that the old one signed: it is no advice where the key itself is sound.
    private static func refusal(of path: String, _ code: CryptoError.Code, _ reason: String) -> Diagnostic {
        guard let shortage = code.shortage(of: "Ed25519") else { return unusable(path, reason) }
        return Diagnostic(.auditKeyUnusable, "`\(path)` cannot be used for the audit log: \(shortage)")
    }

    private static func unusable(_ path: String, _ reason: String) -> Diagnostic {
        Diagnostic(
            .auditKeyUnusable, "`\(path)` cannot be used for the audit log: \(reason)",
            [.help("make a pair:\nopenssl genpkey -algorithm ed25519 -out key.pem\nopenssl pkey -in key.pem -pubout")]
        )
    }
}

extension SecretBytes {
    fileprivate func dropping(_ count: Int) throws(SecretMemoryError) -> SecretBytes {
        try withExposedBytes { (bytes) throws(SecretMemoryError) in
            try SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes.dropFirst(count)))
        }
    }
}
