import Foundation
import InjectTesting

/// A running `InjectionProbe`, with pipes to all of its streams or with given descriptors.
///
/// It is spawned with an environment of raw entries, so that a test can hold duplicates and bytes that are no UTF-8.
final class Probe {
    /// Everything a finished probe gave back.
    struct Result {
        let status: Int32
        let output: [UInt8]
        let error: String
        let report: ProbeReport?

        /// Standard output as text.
        var text: String { String(decoding: output, as: UTF8.self) }
    }

    static let environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent"].map { Array($0.utf8) }
    static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("InjectionProbe").path

    let pid: pid_t
    private let folder: TemporaryFolder
    private var input: Int32 = -1
    private var sources: [Int32] = [-1, -1]
    /// What its streams are, where they are no pipes.
    private let terminal: PseudoTerminal?
    private var status: Int32?
    private var collected: [[UInt8]] = [[], []]

    /// Starts the probe, after a prefix such as `unshare -m`.
    ///
    /// A negative descriptor becomes a pipe, or the terminal; `ignoring` are signals it is started to ignore.
    init(
        _ request: ProbeRequest,
        on wiring: Wiring = .pipes,
        prefix: [String] = [],
        environment: [[UInt8]] = Probe.environment,
        output: Int32 = -1,
        error: Int32 = -1,
        ignoring: [Int32] = []
    ) throws {
        // A probe that ends early must not end the tests that write to it.
        signal(SIGPIPE, SIG_IGN)
        folder = try TemporaryFolder()
        chmod(folder.url.path, 0o777)
        var request = request
        request.report = folder.path("report")
        let file = try folder.write("request", try JSONEncoder().encode(request))
        let command = prefix + [Self.path, file]
        if wiring == .terminal {
            let terminal = try PseudoTerminal()
            terminal.makePlain()
            self.terminal = terminal
            pid = try Self.spawn(command, environment, [-1, output, error], ignoring, terminal: terminal.path)
            input = fcntl(terminal.screen, F_DUPFD_CLOEXEC, 3)
            sources = [fcntl(terminal.screen, F_DUPFD_CLOEXEC, 3), -1]
            return
        }
        terminal = nil
        let stdin = try Self.pipe(in: folder)
        let stdout = try output < 0 ? Self.pipe(in: folder) : (-1, output)
        let stderr = try error < 0 ? Self.pipe(in: folder) : (-1, error)
        pid = try Self.spawn(command, environment, [stdin.0, stdout.1, stderr.1], ignoring)
        input = stdin.1
        sources = [stdout.0, stderr.0]
        close(stdin.0)
        if output < 0 { close(stdout.1) }
        if error < 0 { close(stderr.1) }
    }

    /// Runs a request to its end.
    static func run(
        _ request: ProbeRequest,
        on wiring: Wiring = .pipes,
        prefix: [String] = [],
        environment: [[UInt8]] = Probe.environment,
        input: [UInt8] = []
    ) throws -> Result {
        let probe = try Probe(request, on: wiring, prefix: prefix, environment: environment)
        probe.send(input)
        return probe.finish()
    }

    deinit {
        kill()
        for descriptor in sources + [input] where descriptor >= 0 { close(descriptor) }
    }

    /// Writes to its standard input.
    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads until a stream holds a text; false where both end before.
    @discardableResult
    func wait(for text: String, on stream: Int = 1) -> Bool {
        while !String(decoding: collected[stream - 1], as: UTF8.self).contains(text) {
            guard gather() else { return false }
        }
        return true
    }

    /// Standard output so far.
    var output: String { String(decoding: collected[0], as: UTF8.self) }

    /// Kills it, as nothing can be held back, and waits until it is gone.
    func kill() {
        Foundation.kill(pid, SIGKILL)
        reap()
    }

    /// Closes the end that a stream of the probe is read from: 1 or 2.
    func closeReader(of stream: Int) {
        close(sources[stream - 1])
        sources[stream - 1] = -1
    }

    /// Reads both streams to their ends and waits.
    func finish(keepingInput: Bool = false) -> Result {
        if !keepingInput {
            // Ctrl-D at a terminal.
            if terminal != nil { send([4]) }
            close(input)
            input = -1
        }
        while gather() {}
        let status = reap()
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        let data = try? Data(contentsOf: folder.url.appendingPathComponent("report"))
        return Result(
            status: code,
            output: collected[0],
            error: String(decoding: collected[1], as: UTF8.self),
            report: data.flatMap { try? JSONDecoder().decode(ProbeReport.self, from: $0) }
        )
    }

    @discardableResult
    private func reap() -> Int32 {
        if let status { return status }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        self.status = status
        return status
    }

    /// Reads what is there; false once both streams have ended.
    private func gather() -> Bool {
        guard sources.contains(where: { $0 >= 0 }) else { return false }
        var states = sources.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        poll(&states, 2, -1)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        for index in 0..<2 where states[index].revents != 0 {
            let count = read(sources[index], &chunk, chunk.count)
            if count > 0 {
                collected[index].append(contentsOf: chunk[..<count])
            } else {
                closeReader(of: index + 1)
            }
        }
        return true
    }

    /// A pipe that is close-on-exec from its first moment, as pipe2(2) makes it, which Swift does not see.
    private static func pipe(in folder: TemporaryFolder) throws -> (Int32, Int32) {
        let path = folder.path(UUID().uuidString)
        guard mkfifo(path, 0o600) == 0 else { throw POSIXError(.EIO) }
        let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        let writer = open(path, O_WRONLY | O_CLOEXEC)
        guard reader >= 0, writer >= 0, fcntl(reader, F_SETFL, 0) == 0 else { throw POSIXError(.EIO) }
        unlink(path)
        return (reader, writer)
    }

    private static func spawn(
        _ command: [String],
        _ environment: [[UInt8]],
        _ streams: [Int32],
        _ ignoring: [Int32],
        terminal: String? = nil
    ) throws -> pid_t {
        // env(1) is the one program that starts another with signals ignored.
        let names = ignoring.map { "--ignore-signal=\($0)" }
        let command = (names.isEmpty ? [] : ["/usr/bin/env"] + names) + command
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal that a session's leader opens becomes the session's.
        if let terminal { posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0) }
        for (index, stream) in streams.enumerated() where terminal == nil || index > 0 {
            posix_spawn_file_actions_adddup2(&actions, max(stream, 0), Int32(index))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        // POSIX_SPAWN_SETSID, which Swift does not see.
        let grouping: Int32 = terminal == nil ? Int32(POSIX_SPAWN_SETPGROUP) : 0x80
        let flags = Int32(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | grouping
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let arguments = command.map { strdup($0) } + [nil]
        let variables = environment.map { strdup($0.map(CChar.init(bitPattern:)) + [0]) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var pid: pid_t = 0
        let error = posix_spawnp(&pid, command[0], &actions, &attributes, arguments, variables)
        guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO) }
        return pid
    }
}
