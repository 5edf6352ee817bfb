internal import CInjectShims
internal import Glibc

/// Starts a command on a terminal of its own.
///
/// Standard error goes with standard output where both are the same terminal, as it would without inject; a file or a
/// pipe stays apart. Standard input becomes the command's terminal where it is inject's, and stays what it is elsewhere.
struct TerminalStart: ~Copyable {
    /// What carries the command's output.
    private(set) var relays = ChildRelays()
    private let start: ChildStart
    private let terminal: ChildTerminal
    private let keys: InputRelay
    private let outer: OuterTerminal?
    private let error: Pipe?
    private var streams: ChildStart.Streams

    /// Connects the streams; nothing is started yet.
    init(
        _ start: ChildStart,
        on terminal: consuming ChildTerminal,
        below outer: OuterTerminal?,
        _ filters: OutputFilters
    ) throws(RunFailure) {
        self.start = start
        self.outer = outer
        streams = ChildStart.Streams(output: terminal.subsidiary, error: terminal.subsidiary)
        keys = InputRelay(from: outer?.descriptor ?? -1, to: terminal.manager)
        relays.output = try StreamRelay.masking(terminal.manager, to: STDOUT_FILENO, filters)
        if outer?.isSame(as: STDIN_FILENO) == true { streams.input = terminal.subsidiary }
        if inject_terminal_is_same(STDOUT_FILENO, STDERR_FILENO) {
            error = nil
        } else {
            let pipe = try Pipe()
            relays.error = try StreamRelay.masking(pipe.readEnd, to: STDERR_FILENO, filters)
            streams.error = pipe.writeEnd
            error = consume pipe
        }
        if outer.map(Self.isInForegroundAtStart) ?? true { streams.terminal = terminal.subsidiary }
        self.terminal = terminal
    }

    /// Starts the command; until it has ended inject's terminal is raw whenever the command is in its foreground.
    func start(_ environment: consuming EnvironmentBlock) throws(RunFailure) -> TerminalChild {
        let isInForeground = streams.terminal >= 0
        if isInForeground { outer?.makeRaw() }
        let subsidiary = terminal.subsidiary
        var monitor = inject_monitor()
        do throws(RunFailure) {
            let spawned = try start.start(environment, streams) { inject_monitor_start($0, subsidiary, &monitor) }
            return TerminalChild(spawned, monitor: monitor, outer: outer, keys: keys, isInForeground: isInForeground)
        } catch {
            outer?.restore()
            throw error
        }
    }

    /// Whether the command has its terminal's foreground before it asks for it: not in a pipeline or in the background of
    /// a script, whose standard input is /dev/null, where other programs of inject's own group may read the terminal as
    /// it is.
    private static func isInForegroundAtStart(_ outer: OuterTerminal) -> Bool {
        outer.isOurs && outer.isSame(as: STDIN_FILENO) && !DescriptorKind(STDERR_FILENO).isPipe
    }
}
