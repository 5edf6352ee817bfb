package import Diagnostics
package import EncryptedFile
package import Secrets

/// Data keys of KMS, unwrapped for files that were encrypted for one repository alone.
///
/// The broker may use its keys for everybody's files, and a policy is its repository's own text: whoever can read another
/// repository's file can put a copy of it beside a policy of his own. So the encryption context, which KMS checks, has to
/// name the repository: `repository` with its `OWNER/NAME`.
package struct RepositoryDataKeys: DataKeyService {
    /// The name in the context.
    package static let name = "repository"

    private let keys: any DataKeyService
    private let allowed: [String]
    private let repository: String

    /// Unwraps with `keys`, as long as the key is one of those allowed.
    package init(_ keys: any DataKeyService, allowed: [String], for repository: String) {
        self.keys = keys
        self.allowed = allowed
        self.repository = repository
    }

    /// The data key; nil for recipients that are no keys of KMS.
    package func dataKey(in wrapping: WrappedDataKey) async throws(Diagnostic) -> SecretBytes? {
        guard case .kms(let kms) = wrapping else { return nil }
        guard allowed.contains(where: { $0.utf8.elementsEqual(kms.key.utf8) }) else {
            throw Diagnostic(
                .encryptedFileLocked, "`\(kms.key)` is none of the keys that this broker may use",
                [.help("name it in `kms_keys` of the broker's `stores`, or encrypt the file for one that is there")]
            )
        }
        let names = kms.context.filter { $0.name.utf8.elementsEqual(Self.name.utf8) }
        guard names.count == 1, names[0].value.utf8.elementsEqual(repository.utf8) else {
            throw Diagnostic(
                .encryptedFileLocked, "the file was not encrypted for `\(repository)`",
                [.help("inject secrets rekey --encryption-context \(Self.name)=\(repository)")]
            )
        }
        return try await keys.dataKey(in: wrapping)
    }
}
