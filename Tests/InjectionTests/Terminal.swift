import Foundation
import InjectTesting
import Testing

/// A pseudo-terminal with a shell in it that runs inject as its job.
final class Terminal {
    /// The terminal itself.
    let device: PseudoTerminal
    private let folder: TemporaryFolder
    private var screen: Int32 { device.screen }
    private let pid: pid_t
    /// Everything that was shown so far.
    private(set) var text = ""
    /// What was shown and not yet waited for.
    private var news = ""

    /// Runs a script of bash with job control, which says its exit code at the end, and where `inject` stands for the probe with a command for `sh`.
    convenience init(running script: String = "inject", _ command: String) throws {
        try self.init(running: script, ProbeRequest("/bin/sh", "-c", command))
    }

    /// Runs a script of bash with job control, which says its exit code at the end, and where `inject` stands for the probe with a request.
    init(running script: String = "inject", _ request: ProbeRequest) throws {
        folder = try TemporaryFolder()
        var request = request
        request.report = folder.path("report")
        let file = try folder.write("request", try JSONEncoder().encode(request))
        // A shell that runs a script ends with a command that was interrupted; it says its code in any case.
        let names =
            "set -m; trap 'echo code $?' EXIT; export FLAG=\(folder.path("flag")) REQUEST=\(file); inject() { \(Probe.path) \(file); }; "
        device = try PseudoTerminal()
        device.size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        pid = try Self.spawn(["/bin/bash", "--norc", "-c", names + script], terminal: device.path)
    }

    deinit {
        kill(-pid, SIGKILL)
    }

    /// Types text.
    func type(_ text: String) throws {
        let bytes = Array(text.utf8)
        try #require(write(screen, bytes, bytes.count) == bytes.count)
    }

    /// Types text and waits for an answer.
    func type(_ text: String, awaiting answer: String) throws {
        try type(text)
        try wait(for: answer)
    }

    /// Makes the window larger, as its frame is dragged.
    func resize(columns: UInt16) { device.size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0) }

    /// Reads the screen until it shows a text after what was waited for before.
    func wait(for text: String) throws {
        while true {
            if let found = news.range(of: text, options: .literal) {
                news.removeSubrange(..<found.upperBound)
                return
            }
            try #require(read(), "`\(text)` is missing on: \(self.text)")
        }
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
        guard poll(&state, 1, 30_000) == 1 else { return false }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = Foundation.read(screen, &chunk, chunk.count)
        guard count > 0 else { return false }
        let part = String(decoding: chunk[..<count], as: UTF8.self)
        text += part
        news += part
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
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which Swift does not see
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | newSession))
        let arguments = command.map { strdup($0) } + [nil]
        let variables: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/bin:/bin"), strdup("TERM=xterm"), nil]
        defer { for text in arguments + variables { free(text) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, command[0], &actions, &attributes, arguments, variables) == 0 else {
            throw POSIXError(.EIO)
        }
        return pid
    }
}
