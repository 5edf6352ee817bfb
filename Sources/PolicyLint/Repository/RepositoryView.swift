package import Diagnostics

/// What of a repository the rules look at, as it was read before: nothing here touches a disk.
package struct RepositoryView: Sendable {
    /// The policy's path below the root.
    let policyPath: String
    /// The files that were found, by their path below the root.
    private let files: [String: SourceText]
    /// The workflows' texts, in the order of their paths.
    let workflows: [SourceText]

    /// A repository with nothing but a policy.
    package static let empty = RepositoryView(policyPath: "inject.yaml", files: [])

    /// A view of these files, each with its path below the root.
    package init(policyPath: String, files: [(path: String, text: SourceText)]) {
        self.policyPath = policyPath
        self.files = Dictionary(files.map { ($0.path, $0.text) }) { first, _ in first }
        workflows = files.filter { $0.path.hasPrefix(".github/workflows/") }.sorted { $0.path < $1.path }.map(\.text)
    }

    /// The file at a path below the root.
    package subscript(_ path: String) -> SourceText? { files[path] }

    /// The file that says who approves what, where GitHub looks for it.
    var codeOwners: SourceText? {
        self[".github/CODEOWNERS"] ?? self["CODEOWNERS"] ?? self["docs/CODEOWNERS"]
    }

    /// The texts that may hold comments for us.
    var sources: [SourceText] { workflows }
}
