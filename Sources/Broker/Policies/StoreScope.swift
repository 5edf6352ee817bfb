internal import Diagnostics
package import Secrets

/// Which names of the broker's own stores a repository's policy may use: the broker can read everybody's, and a policy is its
/// repository's own text.
package struct StoreScope: Sendable {
    /// What stands for the repository in a prefix.
    package static let repository = "{repository}"
    /// Names that begin with the repository's own, `OWNER/NAME/`.
    package static let own = StoreScope(prefixes: [repository + "/"])

    private let prefixes: [String]

    /// Allows names that begin with one of these; `*` alone allows all.
    package init(prefixes: [String]) { self.prefixes = prefixes }

    /// Whether a policy of the repository may have a value from there.
    package func allows(_ reference: SecretReference, to repository: String) -> Bool {
        guard let name = Self.name(reference) else { return true }
        return prefixes.contains { prefix in
            prefix == "*" || name.utf8.starts(with: prefix.replacing(Self.repository, with: repository).utf8)
        }
    }

    /// What to write in a policy of the repository.
    func text(for repository: String) -> String {
        prefixes.map { "`\($0.replacing(Self.repository, with: repository))`" }.joined(separator: ", ")
    }

    /// The name in AWS, without what an ARN has before it and a parameter's first slash; nil for what a folder holds.
    private static func name(_ reference: SecretReference) -> String? {
        switch reference {
        case .secretsManager(let id, _, _):
            let parts = id.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
            return parts.count == 7 && parts[0] == "arn" ? String(parts[6]) : id
        case .parameterStore(let path, _): return String(path.dropFirst())
        case .dotenv, .file, .encrypted: return nil
        }
    }
}
