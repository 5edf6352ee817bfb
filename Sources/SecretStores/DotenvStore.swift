package import Diagnostics
package import Secrets

/// `dotenv:`: values of a `.env` file, read once for all the secrets that name it.
package struct DotenvStore: SecretStore {
    private let reader: SecretFileReader
    private let dialect: DotenvDialect

    /// A store below a root that reads files in one dialect.
    package init(root: StoreRoot, dialect: DotenvDialect) {
        reader = SecretFileReader(root: root)
        self.dialect = dialect
    }

    /// Holds `dotenv:` references.
    package func holds(_ reference: SecretReference) -> Bool {
        guard case .dotenv = reference else { return false }
        return true
    }

    /// Reads each file once.
    package func fetch(_ requests: [SecretRequest]) async -> [SecretName: Result<SecretBytes, Diagnostic>] {
        // By bytes: two paths that differ only in their Unicode form are two files.
        var files: [[UInt8]: Result<DotenvFile, Diagnostic>] = [:]
        var answers: [SecretName: Result<SecretBytes, Diagnostic>] = [:]
        for request in requests {
            guard case .dotenv(let path, let key) = request.reference else { continue }
            let file = files[Array(path.utf8)] ?? load(path)
            files[Array(path.utf8)] = file
            do throws(Diagnostic) {
                answers[request.name] = .success(try file.get().value(of: key ?? request.name.text))
            } catch {
                answers[request.name] = .failure(error)
            }
        }
        return answers
    }

    private func load(_ path: String) -> Result<DotenvFile, Diagnostic> {
        do throws(Diagnostic) {
            let text = try reader.read(path, limit: 1024 * 1024)
            return .success(DotenvFile(name: path, entries: try dialect.parse(text, name: path)))
        } catch {
            return .failure(error)
        }
    }
}
