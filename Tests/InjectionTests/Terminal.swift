import Foundation
import InjectTesting
import Testing

/// A pseudo-terminal with a shell in it that runs inject as its job.
final class Terminal {
    private let folder: TemporaryFolder
    private let screen: Int32
    private let pid: pid_t
    private var shown = ""

    /// Runs a script of bash with job control, where `inject` stands for the probe with a command for `sh`.
    init(running script: String, _ command: String) throws {
        folder = try TemporaryFolder()
        var request = ProbeRequest("/bin/sh", "-c", command)
        request.report = folder.path("report")
        let file = try folder.write("request", try JSONEncoder().encode(request))
        let names = "set -m; export FLAG=\(folder.path("flag")); inject() { \(Probe.path) \(file); }; "
        // What posix_openpt(3), unlockpt(3) and ptsname(3) do, which Swift does not see.
        screen = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (locked, number): (Int32, Int32) = (0, -1)
        guard screen >= 0, ioctl(screen, 0x4004_5431, &locked) == 0, ioctl(screen, 0x8004_5430, &number) == 0 else {
            throw POSIXError(.ENOTTY)
        }
        pid = try Self.spawn(["/bin/bash", "--norc", "-c", names + script], terminal: "/dev/pts/\(number)")
    }

    deinit {
        kill(-pid, SIGKILL)
        close(screen)
    }

    /// Types text and waits for an answer.
    func type(_ text: String, awaiting answer: String) throws {
        let bytes = Array(text.utf8)
        try #require(write(screen, bytes, bytes.count) == bytes.count)
        try wait(for: answer)
    }

    /// Reads the screen until it shows a text.
    func wait(for text: String) throws {
        while !shown.contains(text) { try #require(read(), "`\(text)` is missing on: \(shown)") }
    }

    /// Makes the file that the environment calls `FLAG`.
    func raiseFlag() throws { try folder.write("flag", "") }

    /// Waits for the shell and returns its exit code.
    func finish() throws -> Int32 {
        while read() {}
        var status: Int32 = 0
        try #require(waitpid(pid, &status, 0) == pid)
        return status >> 8
    }

    /// Shows more; false at the end, or where nothing happens for so long that nothing will.
    private func read() -> Bool {
        var state = pollfd(fd: screen, events: Int16(POLLIN), revents: 0)
        guard poll(&state, 1, 60_000) == 1 else { return false }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = Foundation.read(screen, &chunk, chunk.count)
        guard count > 0 else { return false }
        shown += String(decoding: chunk[..<count], as: UTF8.self)
        return true
    }

    private static func spawn(_ command: [String], terminal: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal that a session's leader opens becomes the session's.
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which Swift does not see
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | newSession))
        let arguments = command.map { strdup($0) } + [nil]
        let variables = [strdup("PATH=/usr/bin:/bin"), nil]
        defer { for text in arguments + variables { free(text) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, command[0], &actions, &attributes, arguments, variables) == 0 else {
            throw POSIXError(.EIO)
        }
        return pid
    }
}
