internal import CInjectShims
internal import Glibc

/// inject's own terminal while the command has another one: raw while the command is in its foreground, and as it was
/// on every way out.
final class OuterTerminal {
    /// To read keys from.
    let descriptor: Int32
    /// Whether it is inject's controlling terminal, and not just what standard input happens to be.
    let isControlling: Bool
    private var mode: termios?
    /// Who restores it where inject is killed.
    weak var reaper: Reaper?

    /// The terminal that inject is controlled from, or nil where there is none.
    init?() {
        descriptor = inject_terminal_open()
        guard descriptor >= 0 else { return nil }
        isControlling = inject_terminal_controls(descriptor)
    }

    deinit {
        restore()
        close(descriptor)
    }

    /// Whether keys typed here are read by whoever reads `descriptor`.
    func isSame(as descriptor: Int32) -> Bool {
        isControlling ? inject_terminal_controls(descriptor) : descriptor == STDIN_FILENO
    }

    /// Whether inject is in its foreground; without job control everybody is.
    var isOurs: Bool { !isControlling || tcgetpgrp(descriptor) == getpgrp() }

    /// Hands every key on as it is typed.
    func makeRaw() {
        if let mode { return inject_terminal_make_raw(descriptor, mode, false) }
        var current = termios()
        guard tcgetattr(descriptor, &current) == 0 else { return }
        mode = current
        reaper?.terminalChanges(from: current)
        inject_terminal_make_raw(descriptor, current, false)
    }

    /// Lets Ctrl-C interrupt inject again, while output still passes through as it is.
    func listen() {
        if let mode { inject_terminal_make_raw(descriptor, mode, true) }
    }

    /// Gives it the mode that it had.
    func restore() {
        guard let mode else { return }
        withUnsafePointer(to: mode) { inject_terminal_restore(descriptor, $0) }
        self.mode = nil
        reaper?.terminalIsRestored()
    }
}
