import Glibc
import Synchronization

/// A program that was started, until it was waited for.
final class RunningProgram: Sendable {
    private let process: pid_t
    private let leadsGroup: Bool
    private let isOver = Mutex(false)

    /// Starts a program, found in `PATH`: it reads nothing, because our standard input is the command's, and its standard
    /// error is ours.
    ///
    /// Without a terminal it leads a group of its own, which ends as a whole. With one it stays in ours, so that it may ask
    /// a person, and Ctrl-C reaches it.
    init(_ arguments: [String], output: Int32) throws(ProcessOutput.Failure) {
        leadsGroup = !Self.hasTerminal
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        if leadsGroup { posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP)) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        guard let program = words.first ?? nil else { throw .start(ENOENT) }
        var process = pid_t()
        let code = posix_spawnp(&process, program, &actions, &attributes, &words, environ)
        guard code == 0 else { throw .start(code) }
        self.process = process
    }

    private static var hasTerminal: Bool {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return false }
        close(terminal)
        return true
    }

    /// Ends it, where it still runs.
    func end() {
        isOver.withLock { isOver in
            guard !isOver else { return }
            kill(leadsGroup ? -process : process, SIGKILL)
        }
    }

    /// Waits for its end, and returns its status as `waitpid` gives it.
    ///
    /// To be called once.
    func wait() -> Int32 {
        // Until it is reaped its number is nobody else's, whom `end` could hit.
        var information = siginfo_t()
        while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0, errno == EINTR { continue }
        return isOver.withLock { isOver in
            isOver = true
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0, errno == EINTR { continue }
            return status
        }
    }
}
