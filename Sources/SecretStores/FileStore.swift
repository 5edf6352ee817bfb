package import Diagnostics
package import Secrets

/// `file:`: one value a file, such as a Docker secret below `/run/secrets`.
///
/// A value of one line loses the line break behind it, because `echo` put it there and no password ends with one. Values
/// of several lines, such as keys in PEM, stay byte for byte.
package struct FileStore: SecretStore {
    private let reader: SecretFileReader

    /// A store below a root.
    package init(root: StoreRoot) { reader = SecretFileReader(root: root) }

    /// Holds `file:` references.
    package func holds(_ reference: SecretReference) -> Bool {
        guard case .file = reference else { return false }
        return true
    }

    /// Reads each file.
    package func fetch(_ requests: [SecretRequest]) async -> [SecretName: Result<SecretBytes, Diagnostic>] {
        var answers: [SecretName: Result<SecretBytes, Diagnostic>] = [:]
        for request in requests {
            guard case .file(let path) = request.reference else { continue }
            do throws(Diagnostic) {
                let value = try reader.read(path, limit: SecretFileReader.longestSecret)
                answers[request.name] = .success(try Self.withoutLineBreak(value))
            } catch {
                answers[request.name] = .failure(error)
            }
        }
        return answers
    }

    private static func withoutLineBreak(_ value: SecretBytes) throws(Diagnostic) -> SecretBytes {
        let kept = value.withExposedBytes { bytes in
            guard let lineBreak = bytes.firstIndex(of: 0x0A), lineBreak == bytes.count - 1 else { return bytes.count }
            return lineBreak > 0 && bytes[lineBreak - 1] == 0x0D ? lineBreak - 1 : lineBreak
        }
        guard kept < value.count else { return value }
        do {
            return try value.withExposedBytes { bytes throws(SecretMemoryError) in
                try SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[..<kept]))
            }
        } catch {
            throw Diagnostic(.secretUnreadable, "there is no memory for a secret")
        }
    }
}
