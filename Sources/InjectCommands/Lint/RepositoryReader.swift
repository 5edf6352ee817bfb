internal import Diagnostics
internal import Glibc
internal import PolicyLint

/// Reads what of a repository the lint rules look at.
enum RepositoryReader {
    /// The largest file that is read: one byte more than the workflow reader takes, so that it can say so.
    private static let limit = 1024 * 1024 + 1
    private static let single = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitignore", ".env.example"]
    private static let workflows = ".github/workflows"

    /// The files around a policy; what cannot be read is not there.
    static func view(around policy: String) -> RepositoryView {
        let slash = policy.utf8.lastIndex(of: UInt8(ascii: "/"))
        let root = slash.map { String(policy[...$0]) } ?? ""
        let names = entries(of: root + workflows).filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }
        let paths = single + names.map { workflows + "/" + $0 }
        return RepositoryView(
            policyPath: String(policy.dropFirst(root.count)),
            files: paths.compactMap { path in
                (try? InputFile.bytes(of: root + path, limit: limit)).map {
                    (path: path, text: SourceText(name: root + path, bytes: $0))
                }
            },
            gitIndex: gitIndex(root)
        )
    }

    /// Git's index; empty before the first `git add`, and nil where there is no repository.
    private static func gitIndex(_ root: String) -> [UInt8]? {
        guard access(root + ".git", F_OK) == 0 else { return nil }
        var folder = root + ".git"
        // In a worktree it is a file that names the folder (gitrepository-layout(5)).
        if let link = try? InputFile.bytes(of: folder, limit: 4096), link.starts(with: "gitdir: ".utf8) {
            let target = String(decoding: link.dropFirst(8).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            folder = target.hasPrefix("/") ? target : root + target
        }
        return (try? InputFile.bytes(of: folder + "/index", limit: 16 << 20)) ?? []
    }

    /// The names in a folder, sorted; none where there is no folder.
    private static func entries(of folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names.sorted()
    }
}
