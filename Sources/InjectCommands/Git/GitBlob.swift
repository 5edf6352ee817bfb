internal import Diagnostics
internal import Glibc

/// A file of a git revision, read with git's own plumbing: nothing is checked out, and no filter or hook runs.
enum GitBlob {
    /// A revision's file, or nil where the revision has none of this path; a link is followed inside the repository.
    static func read(_ path: String, at revision: String, limit: Int, links: Int = 8) throws(Diagnostic) -> [UInt8]? {
        let object = try object(path, at: revision)
        guard try exists(object, path, revision) else { return nil }
        let blob = Git.run(["cat-file", "blob", object], limit: limit)
        guard let blob, blob.status == 0 else { throw unreadable(path, revision) }
        guard try isLink(path, at: revision) else { return blob.output }
        guard links > 0, blob.output.first != UInt8(ascii: "/") else { throw unreadable(path, revision) }
        let target = folder(of: path) + String(decoding: blob.output, as: UTF8.self)
        return try read(target, at: revision, limit: limit, links: links - 1)
    }

    /// Whether a revision has a symbolic link at a path: its blob is where it leads to.
    private static func isLink(_ path: String, at revision: String) throws(Diagnostic) -> Bool {
        let folder = folder(of: path)
        let list = Git.run(["ls-tree", "--full-tree", "-z", try object(folder, at: revision)], limit: 1 << 20)
        guard let list, list.status == 0 else { throw unreadable(path, revision) }
        let name = Array("\t\(path.dropFirst(folder.count))".utf8)
        return list.output.split(separator: 0).contains { entry in
            entry.starts(with: "120000 ".utf8) && entry.suffix(name.count) == name[...]
        }
    }

    /// A path's folder with a slash at its end; nothing for this folder.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// The names in a revision's folder; none where there is no such folder.
    static func names(in folder: String, at revision: String) throws(Diagnostic) -> [String] {
        let object = try object(folder, at: revision)
        guard try exists(object, folder, revision) else { return [] }
        let list = Git.run(["ls-tree", "--full-tree", "--name-only", "-z", object], limit: 1 << 20)
        guard let list, list.status == 0 else { throw unreadable(folder, revision) }
        return list.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether a revision has a path; that git cannot tell, or that the path is outside, is never taken for a no.
    private static func exists(_ object: String, _ path: String, _ revision: String) throws(Diagnostic) -> Bool {
        let found = Git.run(["rev-parse", "--verify", "--quiet", "--end-of-options", object])
        let hasNone: Int32 = 1 << 8
        guard let found, found.status == 0 || found.status == hasNone else { throw unreadable(path, revision) }
        return found.status == 0
    }

    /// A path in a revision as git names objects; a path is relative to this folder, unless it says otherwise.
    private static func object(_ path: String, at revision: String) throws(Diagnostic) -> String {
        guard let found = Git.run(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
        else {
            throw Diagnostic(.gitUnavailable, "git cannot be run", [.help("install git, or name two files")])
        }
        guard found.status == 0 else { throw unknown(revision) }
        let commit = String(decoding: found.output.prefix { $0 != 0x0A }, as: UTF8.self)
        if path.utf8.first == UInt8(ascii: "/") { return "\(commit):\(try pathInside(path, revision))" }
        let isMarked = path.hasPrefix("./") || path.hasPrefix("../")
        return "\(commit):\(isMarked ? "" : "./")\(path)"
    }

    /// An absolute path as it is below the repository's root, which is how a revision has it.
    private static func pathInside(_ path: String, _ revision: String) throws(Diagnostic) -> String {
        let resolved = resolved(path[...])
        guard let root = root(), resolved.hasPrefix(root) else { throw unreadable(path, revision) }
        return String(resolved.dropFirst(root.count))
    }

    /// The repository's folder, with a slash at its end; nil outside of one.
    static func root() -> String? {
        let answer = Git.run(["rev-parse", "--show-toplevel"], limit: 1 << 16)
        guard let answer, answer.status == 0 else { return nil }
        return String(decoding: answer.output.prefix { $0 != 0x0A }, as: UTF8.self) + "/"
    }

    /// A path without the links in those of its folders that there are; the last part of it stays.
    private static func resolved(_ path: Substring) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return String(path) }
        let folder = path[..<slash]
        guard let real = realpath(String(folder), nil) else { return resolved(folder) + path[slash...] }
        defer { free(real) }
        return String(cString: real) + path[slash...]
    }

    private static func unreadable(_ path: String, _ revision: String) -> Diagnostic {
        Diagnostic(
            .revisionUnreadable, "git cannot say what `\(revision)` has at `\(path)`",
            [.help("name a path inside the repository; in a partial clone, fetch what the revision has")]
        )
    }

    private static func unknown(_ revision: String) -> Diagnostic {
        let answer = Git.run(["rev-parse", "--is-shallow-repository"])
        let word = answer.map { String(decoding: $0.output.prefix { $0 != 0x0A }, as: UTF8.self) } ?? ""
        guard answer?.status == 0 else { return outside(revision) }
        let help =
            word == "true"
            ? "the clone is shallow: fetch the revision, or check out with `fetch-depth: 0`"
            : "name a file or a revision that `git rev-parse` knows"
        return Diagnostic(.revisionUnknown, "`\(revision)` is neither a file nor a revision", [.help(help)])
    }

    /// Where git knows no repository: there is none, or it does not read the one that is there.
    private static func outside(_ revision: String) -> Diagnostic {
        guard let folder = repositoryFolder() else {
            return Diagnostic(
                .revisionUnknown, "`\(revision)` is no file, and this is no git repository",
                [.help("run inject inside the repository, or name two files")]
            )
        }
        return Diagnostic(
            .revisionUnknown, "`\(revision)` is no file, and git does not read the repository `\(folder)`",
            [
                .help(
                    "where the folder is another user's, as in a container, make git trust it: "
                        + "git config --global --add safe.directory '\(folder)'"
                ),
                .help("`git status` says what else it may be"),
            ]
        )
    }

    /// This folder or the nearest above it that has a `.git`.
    private static func repositoryFolder() -> String? {
        guard let here = realpath(".", nil) else { return nil }
        defer { free(here) }
        var folder = String(cString: here)[...]
        while access(folder + "/.git", F_OK) != 0 {
            guard let slash = folder.lastIndex(of: "/") else { return nil }
            folder = folder[..<slash]
        }
        return folder.isEmpty ? "/" : String(folder)
    }
}

extension Diagnostic.ID {
    /// A revision that git does not know.
    static let revisionUnknown = Diagnostic.ID("revision-unknown")
    /// A file of a revision that git cannot read.
    static let revisionUnreadable = Diagnostic.ID("revision-unreadable")
}
