package import Diagnostics

/// What of a repository the rules look at, as it was read before: nothing here touches a disk.
package struct RepositoryView: Sendable {
    /// The policy's path below the root.
    let policyPath: String
    /// The files that were found, by their path below the root.
    private let files: [String: SourceText]
    /// The workflows' paths below the root and texts, in the order of the paths.
    let workflows: [(path: String, text: SourceText)]

    /// Git's index, which is read when somebody asks; empty where nothing was added yet, nil where there is no git.
    private let index: [UInt8]?
    private let ignored: GitIgnore?

    /// A repository with nothing but a policy.
    package static let empty = RepositoryView(policyPath: "inject.yaml", files: [])

    /// A view of these files, each with its path below the root.
    package init(policyPath: String, files: [(path: String, text: SourceText)], gitIndex: [UInt8]? = nil) {
        self.policyPath = policyPath
        self.files = Dictionary(files.map { ($0.path, $0.text) }) { first, _ in first }
        index = gitIndex
        ignored = self.files[".gitignore"].map(GitIgnore.init)
        workflows = files.filter { $0.path.hasPrefix(".github/workflows/") }.sorted { $0.path < $1.path }
    }

    /// The file at a path below the root.
    package subscript(_ path: String) -> SourceText? { files[path] }

    /// The file that says who approves what, where GitHub looks for it.
    var codeOwners: SourceText? {
        self[".github/CODEOWNERS"] ?? self["CODEOWNERS"] ?? self["docs/CODEOWNERS"]
    }

    /// Whether the folder is known to be under git.
    package var isRepository: Bool { index != nil || ignored != nil }

    /// Whether git has a file of this path.
    func tracks(_ path: String) -> Bool { index.flatMap(GitIndex.init)?.paths.contains(path) ?? false }

    /// Whether git passes over a file of this path.
    package func ignores(_ path: String) -> Bool { ignored?.ignores(path) ?? false }

    /// The texts that may hold comments for us.
    var sources: [SourceText] { workflows.map(\.text) }
}
