package import Diagnostics
package import EncryptedFile
package import Policy
internal import SecretStores
package import Secrets

/// Values in files of the policy's own folder: encrypted ones, opened with the broker's keys, and plain ones.
package struct FileValueSource: ValueSource {
    private let keys: @Sendable (_ repository: String) -> [any DataKeyService]

    /// Opens encrypted files with these keys.
    package init(keys: [any DataKeyService]) { self.keys = { _ in keys } }

    /// Opens encrypted files with the keys that are for the policy's repository.
    package init(keys: @escaping @Sendable (_ repository: String) -> [any DataKeyService]) { self.keys = keys }

    /// Reads them below the policy's folder.
    package func values(
        of secrets: [SecretEntry],
        in environment: PolicyEnvironment,
        of policy: LoadedPolicy
    ) async -> [SecretName: Result<StoredValue, Diagnostic>] {
        let root = StoreRoot(folder: policy.folder, allowsAbsolutePaths: false)
        let stores: [any SecretStore] = [
            EncryptedFileStore(root: root, services: keys(policy.repository)), FileStore(root: root),
            DotenvStore(root: root, dialect: .strict),
        ]
        var answers: [SecretName: Result<StoredValue, Diagnostic>] = [:]
        for store in stores {
            let own = secrets.filter { store.holds($0.reference) }
                .map { SecretRequest(name: $0.name, reference: $0.reference) }
            guard !own.isEmpty else { continue }
            answers.merge(await store.fetch(own).mapValues { $0.map { StoredValue($0) } }) { first, _ in first }
        }
        for secret in secrets where answers[secret.name] == nil {
            answers[secret.name] = .failure(
                Diagnostic(
                    .storeUnsupported, "`\(secret.name)` is in `\(secret.from)`, which this broker does not open")
            )
        }
        return answers
    }
}
