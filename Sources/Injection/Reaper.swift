internal import CInjectShims
internal import Glibc

/// A process that undoes what inject has done where inject is killed: the command's group, the terminal's mode and the
/// private folder.
final class Reaper {
    private var process = inject_reaper()

    /// Starts it; `terminal` is what `willChange` is about, or -1.
    init(terminal: Int32) throws(RunFailure) {
        guard inject_reaper_start(terminal, &process) else {
            throw ChildStart.failure("no process could be made to clean up", errno)
        }
    }

    /// Undoes what is left to undo, and waits for it.
    deinit { inject_reaper_end(&process) }

    /// Where the command says what its group is.
    var group: UnsafeMutablePointer<pid_t>? { process.duties?.pointer(to: \.group) }

    /// The command has ended, and what it has left behind is nobody's to kill.
    func commandEnded() { process.duties?.pointee.group = 0 }

    /// The terminal is about to lose this mode.
    func terminalChanges(from mode: termios) {
        process.duties?.pointee.mode = mode
        process.duties?.pointee.is_changed = 1
    }

    /// The terminal has its mode again.
    func terminalIsRestored() { process.duties?.pointee.is_changed = 0 }

    /// Makes a private folder; returns 0 or the error.
    func makeFolder(_ name: String, in root: String) -> Int32 { inject_reaper_make_folder(&process, root, name) }
}
