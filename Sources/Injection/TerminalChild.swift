internal import CInjectShims
internal import Glibc

/// A command in a session and on a terminal of its own, below a monitor.
final class TerminalChild: SupervisedChild {
    let pid: pid_t
    let group: pid_t
    let keys: InputRelay
    private let monitor: inject_monitor
    private let outer: OuterTerminal?
    private var isInForeground: Bool

    var changes: Int32 { monitor.reports }
    var input: InputRelay? { keys }

    /// Wraps a command that was started.
    ///
    /// Without a terminal to be typed at, the command has its own one's foreground for good.
    init(
        _ spawned: inject_spawned,
        monitor: inject_monitor,
        outer: OuterTerminal?,
        keys: InputRelay,
        isInForeground: Bool
    ) {
        pid = monitor.pid
        group = spawned.pid
        self.monitor = monitor
        self.outer = outer
        self.keys = keys
        self.isInForeground = isInForeground
        keys.isActive = isInForeground
    }

    func nextChange() -> ChildChange? {
        var code: Int32 = 0
        return withUnsafePointer(to: monitor) { ChildChange(inject_monitor_next($0, &code), code) }
    }

    func enterForeground() -> Bool {
        guard let outer else { return true }
        guard outer.isOurs else { return false }
        outer.makeRaw()
        return show(true)
    }

    func leaveForeground() -> Bool {
        outer?.restore()
        defer { _ = show(false) }
        return isInForeground
    }

    func resume() {
        // What happened to the window meanwhile happened in front of others.
        _ = resize()
        withUnsafePointer(to: monitor) { inject_monitor_continue($0, isInForeground) }
    }

    func wasResumed() {
        if isInForeground && outer?.isOurs == true { outer?.makeRaw() }
        _ = resize()
    }

    func resize() -> Bool {
        keys.resize { inject_terminal_copy_size(STDOUT_FILENO, $0) }
    }

    func ended() -> Bool {
        keys.isActive = false
        outer?.listen()
        return isInForeground
    }

    func hangUp() { keys.end() }

    func close() {
        hangUp()
        withUnsafePointer(to: monitor) { inject_monitor_end($0) }
        outer?.restore()
    }

    private func show(_ inForeground: Bool) -> Bool {
        isInForeground = inForeground || outer == nil
        keys.isActive = inForeground
        return true
    }
}
