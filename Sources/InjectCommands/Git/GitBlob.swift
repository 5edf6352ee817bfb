internal import Diagnostics

/// A file of a git revision, read with git's own plumbing: nothing is checked out, and no filter or hook runs.
enum GitBlob {
    /// A revision's file, or nil where the revision has none of this path.
    static func read(_ path: String, at revision: String, limit: Int) throws(Diagnostic) -> [UInt8]? {
        let object = try object(path, at: revision)
        guard let blob = Git.run(["cat-file", "blob", object], limit: limit), blob.status == 0 else { return nil }
        return blob.output
    }

    /// The names in a revision's folder; none where there is no such folder.
    static func names(in folder: String, at revision: String) throws(Diagnostic) -> [String] {
        let object = try object(folder, at: revision)
        let list = Git.run(["ls-tree", "--name-only", "-z", object], limit: 1 << 20)
        guard let list, list.status == 0 else { return [] }
        return list.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A path in a revision as git names objects; a path is relative to this folder, unless it says otherwise.
    private static func object(_ path: String, at revision: String) throws(Diagnostic) -> String {
        guard let found = Git.run(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
        else {
            throw Diagnostic(.gitUnavailable, "git cannot be run", [.help("install git, or name two files")])
        }
        guard found.status == 0 else { throw unknown(revision) }
        let commit = String(decoding: found.output.prefix { $0 != 0x0A }, as: UTF8.self)
        let isRelative = path.utf8.first != UInt8(ascii: "/") && !path.hasPrefix("./") && !path.hasPrefix("../")
        return "\(commit):\(isRelative ? "./" : "")\(path)"
    }

    private static func unknown(_ revision: String) -> Diagnostic {
        let answer = Git.run(["rev-parse", "--is-shallow-repository"])
        let word = answer.map { String(decoding: $0.output.prefix { $0 != 0x0A }, as: UTF8.self) } ?? ""
        guard answer?.status == 0 else {
            return Diagnostic(
                .revisionUnknown, "`\(revision)` is no file, and this is no git repository",
                [.help("run inject inside the repository, or name two files")]
            )
        }
        let help =
            word == "true"
            ? "the clone is shallow: fetch the revision, or check out with `fetch-depth: 0`"
            : "name a file or a revision that `git rev-parse` knows"
        return Diagnostic(.revisionUnknown, "`\(revision)` is neither a file nor a revision", [.help(help)])
    }
}

extension Diagnostic.ID {
    /// A revision that git does not know.
    static let revisionUnknown = Diagnostic.ID("revision-unknown")
}
