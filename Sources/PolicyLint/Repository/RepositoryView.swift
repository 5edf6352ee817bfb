package import Diagnostics

/// What of a repository the rules look at, as it was read before: nothing here touches a disk.
package struct RepositoryView: Sendable {
    /// The policy's path below the root.
    let policyPath: String
    /// The policy's folder below the root, with a slash at its end; empty for the root.
    let policyFolder: String
    /// The files that were found, by their path below the root.
    private let files: [String: SourceText]
    /// The workflows' paths below the root and texts, in the order of the paths.
    let workflows: [(path: String, text: SourceText)]

    /// Git's index, which is read when somebody asks; empty where nothing was added yet, nil where there is no git.
    private let index: [UInt8]?
    /// What the root and the policy's folder keep out of commits, each with the folder it is about.
    private let ignored: [(folder: String, rules: GitIgnore)]

    /// A repository with nothing but a policy.
    package static let empty = RepositoryView(policyPath: "inject.yaml", files: [])

    /// A view of these files, each with its path below the root.
    package init(policyPath: String, files: [(path: String, text: SourceText)], gitIndex: [UInt8]? = nil) {
        self.policyPath = policyPath
        policyFolder = policyPath.lastIndex(of: "/").map { String(policyPath[...$0]) } ?? ""
        self.files = Dictionary(files.map { ($0.path, $0.text) }) { first, _ in first }
        index = gitIndex
        ignored = Set(["", policyFolder]).sorted().compactMap { [files = self.files] folder in
            files[folder + ".gitignore"].map { (folder, GitIgnore($0)) }
        }
        workflows = files.filter { $0.path.hasPrefix(".github/workflows/") }.sorted { $0.path < $1.path }
    }

    /// The file at a path below the root.
    package subscript(_ path: String) -> SourceText? { files[path] }

    /// The file at a path below the policy's folder.
    func besidePolicy(_ path: String) -> SourceText? { self[policyFolder + path] }

    /// The file that says who approves what, where GitHub looks for it.
    var codeOwners: SourceText? {
        self[".github/CODEOWNERS"] ?? self["CODEOWNERS"] ?? self["docs/CODEOWNERS"]
    }

    /// Whether the folder is known to be under git.
    package var isRepository: Bool { index != nil || !ignored.isEmpty }

    /// Whether git has a file of this path below the policy's folder.
    func tracks(_ path: String) -> Bool {
        index.flatMap(GitIndex.init)?.paths.contains(policyFolder + path) ?? false
    }

    /// Whether git passes over a file of this path below the policy's folder.
    package func ignores(_ path: String) -> Bool {
        let path = policyFolder + path
        return ignored.contains { $0.rules.ignores(String(path.dropFirst($0.folder.count))) }
    }

    /// The texts that may hold comments for us.
    var sources: [SourceText] { workflows.map(\.text) }
}
