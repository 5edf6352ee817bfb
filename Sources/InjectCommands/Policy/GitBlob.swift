internal import Diagnostics
internal import Glibc

/// A file of a git revision, read with git's own plumbing: nothing is checked out, and no filter or hook runs.
enum GitBlob {
    /// A revision's file, or nil where the revision has none of this path.
    static func read(_ path: String, at revision: String, limit: Int) throws(Diagnostic) -> [UInt8]? {
        guard let found = run(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"]) else {
            throw Diagnostic(.gitUnavailable, "git cannot be run", [.help("install git, or name two files")])
        }
        guard found.status == 0 else { throw unknown(revision) }
        let commit = String(decoding: found.output.prefix { $0 != 0x0A }, as: UTF8.self)
        let isRelative = path.utf8.first != UInt8(ascii: "/") && !path.hasPrefix("./") && !path.hasPrefix("../")
        let blob = run(["cat-file", "blob", "\(commit):\(isRelative ? "./" : "")\(path)"], limit: limit)
        guard let blob, blob.status == 0 else { return nil }
        return blob.output
    }

    private static func unknown(_ revision: String) -> Diagnostic {
        let answer = run(["rev-parse", "--is-shallow-repository"])
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

    // MARK: - Running git

    /// What git prints, at most `limit` bytes of it; nil where there is no git.
    private static func run(_ arguments: [String], limit: Int = 4096) -> (status: Int32, output: [UInt8])? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process = start(["git"] + arguments, output: ends[1])
        close(ends[1])
        defer { close(ends[0]) }
        guard let process else { return nil }
        let output = contents(of: ends[0], limit: limit)
        // A writer of more than that waits for a reader that will not come.
        if output.count >= limit { kill(process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR { continue }
        return (output.count >= limit ? 0 : status, output)
    }

    private static func contents(of descriptor: Int32, limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < limit {
            let count = Glibc.read(descriptor, &chunk, min(chunk.count, limit - bytes.count))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    private static func start(_ arguments: [String], output: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        // What git says of a missing file is said by us.
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        return posix_spawnp(&process, "git", &actions, nil, &words, environ) == 0 ? process : nil
    }
}

extension Diagnostic.ID {
    /// There is no git to read a revision with.
    static let gitUnavailable = Diagnostic.ID("git-unavailable")
    /// A revision that git does not know.
    static let revisionUnknown = Diagnostic.ID("revision-unknown")
}
