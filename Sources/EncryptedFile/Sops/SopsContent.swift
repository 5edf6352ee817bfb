import OpenSSLCrypto
package import Secrets

/// The decrypted values of a file.
package struct SopsContent: Sendable {
    struct Value: Sendable {
        let path: SopsPath
        let isInList: Bool
        let plaintext: SecretBytes
        /// The type that was encrypted, or nil for a value that is readable in the file.
        let type: String?
    }

    let values: [Value]

    /// The value at a name with dots; nil where there is none, or a list, or one on the way.
    package func value(_ name: String) -> SecretBytes? { found(name)?.plaintext }

    /// The encrypted value at a name with dots; nil where there is none.
    ///
    /// The MAC covers values and not their names, and in some files not even all values. So what stands readable is
    /// refused: anybody who may change the file could have put it there, or cut it out of another value.
    package func secret(_ name: String) throws(SopsError) -> SecretBytes? {
        guard let found = found(name) else { return nil }
        guard found.type != nil || found.plaintext.isEmpty else { throw .readable(name) }
        return found.plaintext
    }

    private func found(_ name: String) -> Value? {
        let found = values.filter { $0.path.text.utf8.elementsEqual(name.utf8) }
        return found.count == 1 && !found[0].isInList ? found[0] : nil
    }

    /// The hash that the MAC encrypts: of all values in their order, in capital hexadecimal digits.
    func mac(encryptedOnly: Bool) throws(SopsError) -> SecretBytes {
        do {
            var digest = try IncrementalDigest.started(.sha512)
            if encryptedOnly {
                // A hash of fewer values must never pass for one of all.
                let start = try Array("sops".utf8).withUnsafeBytes { try DigestAlgorithm.sha256.hash($0) }
                try start.withUnsafeBytes { try digest.update($0) }
            }
            for value in values where !encryptedOnly || value.type != nil {
                try value.plaintext.withExposedBytes { try digest.update($0) }
            }
            let hash = try digest.finish()
            let text = hash.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined().uppercased()
            return try Array(text.utf8).withUnsafeBytes { try SecretBytes(copying: $0) }
        } catch {
            throw .unavailable
        }
    }
}
