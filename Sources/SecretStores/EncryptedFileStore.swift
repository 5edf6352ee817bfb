package import Diagnostics
package import EncryptedFile
package import Secrets

/// `encrypted:`: values of files that sops writes; each file is opened once.
package struct EncryptedFileStore: SecretStore {
    /// The longest file, in bytes.
    package static let longestFile = SopsFile.longest

    private let root: StoreRoot
    private let services: [any DataKeyService]

    /// A store below a root, whose files' data keys the services unwrap.
    package init(root: StoreRoot, services: [any DataKeyService]) {
        self.root = root
        self.services = services
    }

    /// Holds `encrypted:` references.
    package func holds(_ reference: SecretReference) -> Bool {
        guard case .encrypted = reference else { return false }
        return true
    }

    /// Opens each file and takes what the requests name.
    package func fetch(_ requests: [SecretRequest]) async -> [SecretName: Result<SecretBytes, Diagnostic>] {
        var contents: [[UInt8]: Result<SopsContent, Diagnostic>] = [:]
        var answers: [SecretName: Result<SecretBytes, Diagnostic>] = [:]
        for request in requests {
            guard case .encrypted(let file, let key) = request.reference else { continue }
            let id = Array(file.utf8)
            let content: Result<SopsContent, Diagnostic>
            if let known = contents[id] { content = known } else { content = await self.content(of: file) }
            contents[id] = content
            answers[request.name] = content.flatMap { Self.secret(key, of: $0, file) }
        }
        return answers
    }

    /// The keys of KMS that could unwrap the data keys of those of some references' files that no service here opens.
    ///
    /// A file that cannot be read has none; fetching from it says why.
    package func kmsKeys(of references: [SecretReference]) async -> [String] {
        var keys: [String] = []
        var known: Set<[UInt8]> = []
        for case .encrypted(let path, _) in references where known.insert(Array(path.utf8)).inserted {
            guard let file = try? file(path) else { continue }
            let isOpen = (try? await file.dataKey(from: services, file: path)) != nil
            for case .kms(let wrapping) in isOpen ? [] : file.wrappings where !keys.contains(wrapping.key) {
                keys.append(wrapping.key)
            }
        }
        return keys
    }

    private func content(of path: String) async -> Result<SopsContent, Diagnostic> {
        do throws(Diagnostic) {
            let file = try file(path)
            let key = try await file.dataKey(from: services, file: path)
            do throws(SopsError) { return .success(try file.open(with: key)) } catch {
                return .failure(error.diagnostic(path))
            }
        } catch {
            return .failure(error)
        }
    }

    private func file(_ path: String) throws(Diagnostic) -> SopsFile {
        guard let format = SopsFormat(path: path) else {
            throw Diagnostic(
                .encryptedFileRefused, "`\(path)` does not say what it is", at: .file(path),
                [.help("call it `.yaml`, `.json` or `.env`")]
            )
        }
        let bytes = try SecretFileReader(root: root).read(path, limit: Self.longestFile)
        do throws(SopsError) { return try SopsFile(bytes.withExposedBytes { Array($0) }, format: format) } catch {
            throw error.diagnostic(path)
        }
    }

    private static func secret(
        _ key: String,
        of content: SopsContent,
        _ file: String
    ) -> Result<SecretBytes, Diagnostic> {
        do throws(SopsError) {
            return try content.secret(key).map(Result.success) ?? .failure(missing(key, file))
        } catch {
            return .failure(error.diagnostic(file))
        }
    }

    private static func missing(_ key: String, _ file: String) -> Diagnostic {
        Diagnostic(
            .secretMissing, "`\(file)` has no value `\(key)`", at: .file(file),
            [.help("inject secrets list --file \(file)")]
        )
    }
}
