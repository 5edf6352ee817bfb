internal import Diagnostics
internal import PolicyLint

/// Reads the workflows of a git revision.
enum GitRepositoryReader {
    private static let folder = ".github/workflows/"
    private static let mostFiles = 500

    /// The workflows beside a policy at a revision, or else those at the repository's root.
    static func view(around policy: String, at revision: String) throws(Diagnostic) -> RepositoryView {
        let slash = policy.utf8.lastIndex(of: UInt8(ascii: "/"))
        var root = slash.map { String(policy[...$0]) } ?? ""
        var names = try GitBlob.names(in: root + folder, at: revision)
        if names.isEmpty, let top = GitBlob.root() {
            root = top
            names = try GitBlob.names(in: root + folder, at: revision)
        }
        var files: [(path: String, text: SourceText)] = []
        for name in names.prefix(mostFiles)
        where name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
            guard let bytes = try GitBlob.read(root + folder + name, at: revision, limit: 1024 * 1024 + 1) else {
                continue
            }
            files.append((folder + name, SourceText(name: "\(revision):\(root)\(folder)\(name)", bytes: bytes)))
        }
        return RepositoryView(policyPath: "inject.yaml", files: files)
    }
}
