internal import Diagnostics
internal import Glibc
internal import Secrets

/// A git that runs beside us; what it says of failures is said by us instead.
struct GitProcess {
    private static let pieceSize = 1 << 18
    private let process: pid_t
    private let output: Int32

    /// Starts git; nil where there is none.
    init?(_ arguments: [String]) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process = Self.start(["git"] + arguments, output: ends[1])
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

    private static func start(_ arguments: [String], output: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        return posix_spawnp(&process, "git", &actions, nil, &words, environ) == 0 ? process : nil
    }
}

extension Diagnostic.ID {
    /// There is no git.
    static let gitUnavailable = Diagnostic.ID("git-unavailable")
}
