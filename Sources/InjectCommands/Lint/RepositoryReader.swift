internal import Diagnostics
internal import Glibc
internal import PolicyLint

/// Reads what of a repository the lint rules look at.
enum RepositoryReader {
    /// The largest file that is read: one byte more than the workflow reader takes, so that it can say so.
    private static let limit = 1024 * 1024 + 1
    private static let single = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitignore", ".env.example"]
    private static let beside = [".gitignore", ".env.example"]
    private static let workflows = ".github/workflows"

    /// The files around a policy; what cannot be read is not there.
    static func view(around policy: String) -> RepositoryView {
        let slash = policy.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { String(policy[...$0]) } ?? ""
        let (root, below) = root(around: folder)
        let names = entries(of: root + workflows).filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }
        let paths = single + (below.isEmpty ? [] : beside.map { below + $0 }) + names.map { workflows + "/" + $0 }
        return RepositoryView(
            policyPath: below + String(policy.dropFirst(folder.count)),
            files: paths.compactMap { path in
                (try? InputFile.bytes(of: root + path, limit: limit)).map {
                    (path: path, text: SourceText(name: root + path, bytes: $0))
                }
            },
            gitIndex: gitIndex(root)
        )
    }

    /// The repository around a folder, and the folder's path below it; the folder itself where there is none.
    ///
    /// Workflows beside a policy are looked at even if git's root is further up.
    private static func root(around folder: String) -> (root: String, below: String) {
        var (root, below) = (folder, "")
        for _ in 0..<64 {
            if access(root + ".git", F_OK) == 0 || access(root + workflows, F_OK) == 0 { return (root, below) }
            guard let (parent, name) = parent(of: root) else { break }
            (root, below) = (parent, name + "/" + below)
        }
        return (folder, "")
    }

    /// The folder above one, and its name there; nil at the top.
    private static func parent(of folder: String) -> (folder: String, name: String)? {
        let parts = folder.split(separator: "/")
        if let last = parts.last, last != "..", last != "." {
            return (String(folder[..<last.startIndex]), String(last))
        }
        guard folder != "/", let real = realpath(folder.isEmpty ? "." : folder, nil) else { return nil }
        defer { free(real) }
        return String(cString: real).split(separator: "/").last.map { (folder + "../", String($0)) }
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
