internal import CInjectShims
internal import Glibc

/// A pseudo-terminal for the command, with the mode and size of inject's own.
///
/// It stands for whatever the command would have had of inject's terminal: input, output, both of them or all three.
struct ChildTerminal: ~Copyable {
    /// The end that inject reads; the relay's to close.
    let manager: Int32
    /// The command's end, which is closed here when the terminal goes.
    let subsidiary: Int32

    /// Makes a terminal like standard output's; nil where the system has none to give.
    init?() {
        var (manager, subsidiary): (Int32, Int32) = (-1, -1)
        guard inject_terminal_make(STDOUT_FILENO, &manager, &subsidiary) else { return nil }
        self.manager = manager
        self.subsidiary = subsidiary
    }

    deinit { close(subsidiary) }
}
