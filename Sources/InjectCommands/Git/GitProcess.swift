internal import Diagnostics
internal import Glibc
internal import Secrets

/// A git that runs beside us; what it says of failures is said by us instead.
struct GitProcess {
    private static let pieceSize = 1 << 18
    private let process: pid_t
    private let output: Int32

    /// Variables that lead git to another repository than its folder's, or to a part of one.
    private static let leading = [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE",
        "GIT_REPLACE_REF_BASE",
    ]
    /// What keeps git from fetching what a partial clone lacks, and from showing one object in place of another.
    private static let holding = ["GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_NO_REPLACE_OBJECTS=1"]

    /// Starts git; nil where there is none.
    ///
    /// An isolated one reads what is in its folder's repository, whatever our variables say, and asks nobody for more.
    init?(_ arguments: [String], isIsolated: Bool = false) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process = Self.start(["git"] + arguments, isIsolated, output: ends[1])
        close(ends[1])
        guard let process else {
            close(ends[0])
            return nil
        }
        (self.process, output) = (process, ends[0])
    }

    /// Hands what git prints to `body`, piece by piece, until it prints nothing more or `body` wants no more.
    ///
    /// False where reading failed.
    @discardableResult
    func read(_ body: (UnsafeRawBufferPointer) throws -> Bool) rethrows -> Bool {
        try withUnsafeTemporaryAllocation(byteCount: Self.pieceSize, alignment: 16) { piece throws in
            // It may hold what the command searches for.
            defer { SecretBuffer.wipe(piece) }
            while true {
                let count = Glibc.read(output, piece.baseAddress, piece.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return count == 0 }
                guard try body(UnsafeRawBufferPointer(rebasing: piece[..<count])) else { return true }
            }
        }
    }

    /// Ends git where it still runs, and returns its status as `waitpid` gives it.
    ///
    /// To be called once.
    func end() -> Int32 {
        // A writer whose reader is gone ends by itself.
        close(output)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR { continue }
        return status
    }

    private static func start(_ arguments: [String], _ isIsolated: Bool, output: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        let added = isIsolated ? holding.map { strdup($0) } : []
        defer { for variable in added { free(variable) } }
        var variables = inherited(isIsolated) + added + [nil]
        var process = pid_t()
        return posix_spawnp(&process, "git", &actions, nil, &words, &variables) == 0 ? process : nil
    }

    private static func inherited(_ isIsolated: Bool) -> [UnsafeMutablePointer<CChar>?] {
        var variables: [UnsafeMutablePointer<CChar>?] = []
        var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        while let variable = next?.pointee {
            let isLeading = leading.contains { strncmp(variable, $0 + "=", $0.utf8.count + 1) == 0 }
            if !isIsolated || !isLeading { variables.append(variable) }
            next = next?.advanced(by: 1)
        }
        return variables
    }
}

extension Diagnostic.ID {
    /// There is no git.
    static let gitUnavailable = Diagnostic.ID("git-unavailable")
}
