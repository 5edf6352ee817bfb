internal import CInjectShims
internal import Glibc

/// A command in inject's own session, in a group that inject's terminal is given to.
final class DirectChild: SupervisedChild {
    let pid: pid_t
    let changes: Int32
    private let terminal: Int32

    var group: pid_t { pid }
    var input: InputRelay? { nil }

    /// Wraps a command that was started; `terminal` is inject's, or -1.
    init(_ spawned: inject_spawned, terminal: Int32) {
        pid = spawned.pid
        changes = spawned.pidfd
        self.terminal = terminal
    }

    deinit { if changes >= 0 { Glibc.close(changes) } }

    /// Standard input where it is a terminal, or -1.
    static func terminal() -> Int32 { isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : -1 }

    /// The terminal to give to the command from the start, or -1.
    ///
    /// Not in front of a pipe: the pager behind it is in inject's own group and needs the terminal. A command that asks
    /// for the terminal nevertheless gets it then.
    static func terminalAtStart(_ terminal: Int32) -> Int32 {
        isOurs(terminal) && !DescriptorKind(STDOUT_FILENO).isPipe ? terminal : -1
    }

    func nextChange() -> ChildChange? {
        var code: Int32 = 0
        return ChildChange(inject_child_poll(pid, &code), code)
    }

    func enterForeground() -> Bool { Self.isOurs(terminal) && inject_terminal_give(terminal, group) }

    func leaveForeground() -> Bool {
        guard terminal >= 0, tcgetpgrp(terminal) == group else { return false }
        return inject_terminal_give(terminal, getpgrp())
    }

    func resume() { kill(-group, SIGCONT) }

    func wasResumed() {}

    func resize() -> Bool { false }

    func ended() -> Bool { leaveForeground() }

    func hangUp() {}

    func close() {}

    /// After `bg` the terminal is the shell's, and not inject's to give.
    private static func isOurs(_ terminal: Int32) -> Bool { terminal >= 0 && tcgetpgrp(terminal) == getpgrp() }
}
