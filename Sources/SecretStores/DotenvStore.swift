package import Diagnostics
package import Secrets

/// `dotenv:`: values of a `.env` file, or of a folder's files in the order of Nx, each read once for all the secrets.
package struct DotenvStore: SecretStore {
    private let reader: SecretFileReader
    private let dialect: DotenvDialect
    private let task: NXTask

    /// A store below a root that reads files in one dialect, and folders for one task.
    package init(root: StoreRoot, dialect: DotenvDialect, task: NXTask = NXTask()) {
        reader = SecretFileReader(root: root)
        self.dialect = dialect
        self.task = task
    }

    /// Holds `dotenv:` references.
    package func holds(_ reference: SecretReference) -> Bool {
        guard case .dotenv = reference else { return false }
        return true
    }

    /// Reads each file once.
    package func fetch(_ requests: [SecretRequest]) async -> [SecretName: Result<SecretBytes, Diagnostic>] {
        var files = Files()
        var answers: [SecretName: Result<SecretBytes, Diagnostic>] = [:]
        for request in requests {
            guard case .dotenv(let path, let key) = request.reference else { continue }
            let name = key ?? request.name.text
            do throws(Diagnostic) {
                let isFolder = path.utf8.last == UInt8(ascii: "/")
                let value =
                    try isFolder
                    ? value(of: name, below: path, &files) : file(path, &files).get().value(of: name)
                answers[request.name] = .success(value)
            } catch {
                answers[request.name] = .failure(error)
            }
        }
        return answers
    }

    /// By bytes: two paths that differ only in their Unicode form are two files.
    private typealias Files = [[UInt8]: Result<DotenvFile, Diagnostic>]

    private func file(_ path: String, _ files: inout Files) -> Result<DotenvFile, Diagnostic> {
        let file = files[Array(path.utf8)] ?? load(path)
        files[Array(path.utf8)] = file
        return file
    }

    /// The value in the first file that has the key; a file that is there and cannot be read hides none behind it.
    private func value(of key: String, below folder: String, _ files: inout Files) throws(Diagnostic) -> SecretBytes {
        var found: [String] = []
        for path in task.files(for: folder) {
            switch file(path, &files) {
            case .success(let file) where file.has(key): return try file.value(of: key)
            case .success: found.append("`\(path)`")
            case .failure(let error) where error.id == .secretMissing: continue
            case .failure(let error): throw error
            }
        }
        let note = found.isEmpty ? "there is none of them" : "there are \(found.joined(separator: ", "))"
        throw Diagnostic(
            .secretMissing,
            "no `.env` file for `\(folder)` has the key `\(key)`",
            [.note(note), .help("add a line `\(key)=…` to `\(folder).env.local`")]
        )
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
