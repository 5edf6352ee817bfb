internal import CInjectShims
internal import Glibc

/// Who has the terminal: inject's process group, the command's, or somebody else.
struct JobControl {
    /// Standard input where it is a terminal, or -1.
    private let terminal: Int32

    /// Looks at standard input.
    init() { terminal = isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : -1 }

    /// The terminal to give to the command from the start, or -1.
    ///
    /// Not in front of a pipe: the pager behind it is in inject's own group and needs the terminal. A command that asks
    /// for the terminal nevertheless gets it then.
    var terminalAtStart: Int32 {
        var info = stat()
        let isPiped = fstat(STDOUT_FILENO, &info) == 0 && info.st_mode & S_IFMT == S_IFIFO
        return isOurs && !isPiped ? terminal : -1
    }

    /// Gives the terminal back to inject's own group, if the command has it.
    func takeBack(from group: pid_t) {
        guard terminal >= 0, tcgetpgrp(terminal) == group else { return }
        _ = inject_terminal_give(terminal, getpgrp())
    }

    /// The command was stopped: it gets the terminal it asked for, or inject stops as well, so that the shell gets its
    /// prompt, and continues the command when it is continued itself.
    func stopped(_ group: pid_t, by signal: Int32) {
        // Whoever sends STOP to the command alone will continue it as well.
        guard signal != SIGSTOP else { return }
        let asked = signal == SIGTTIN || signal == SIGTTOU
        if !(asked && give(to: group)) {
            let had = terminal >= 0 && tcgetpgrp(terminal) == group
            takeBack(from: group)
            inject_stop_self(had && signal == SIGTSTP)
            if had || asked { _ = give(to: group) }
        }
        kill(-group, SIGCONT)
    }

    /// After `bg` the terminal is the shell's, and not inject's to give.
    private var isOurs: Bool { terminal >= 0 && tcgetpgrp(terminal) == getpgrp() }

    private func give(to group: pid_t) -> Bool { isOurs && inject_terminal_give(terminal, group) }
}
