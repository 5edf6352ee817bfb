import Foundation

/// A pseudo-terminal of a test's own: what it shows and types is read and written here.
final class PseudoTerminal {
    /// The end that a person would sit at.
    let screen: Int32
    /// The device that programs open.
    let path: String

    init() throws {
        // What posix_openpt(3), unlockpt(3) and ptsname(3) do, which Swift does not see.
        screen = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (locked, number): (Int32, Int32) = (0, -1)
        guard screen >= 0, ioctl(screen, 0x4004_5431, &locked) == 0, ioctl(screen, 0x8004_5430, &number) == 0 else {
            throw POSIXError(.ENOTTY)
        }
        path = "/dev/pts/\(number)"
    }

    deinit { close(screen) }

    /// The device's mode.
    var mode: termios {
        get {
            var mode = termios()
            tcgetattr(screen, &mode)
            return mode
        }
        set {
            var mode = newValue
            tcsetattr(screen, TCSANOW, &mode)
        }
    }

    /// The window's size, which the programs in its foreground are told of.
    var size: winsize {
        get {
            var size = winsize()
            _ = ioctl(screen, UInt(TIOCGWINSZ), &size)
            return size
        }
        set {
            var size = newValue
            _ = ioctl(screen, UInt(TIOCSWINSZ), &size)
        }
    }

    /// Shows bytes as programs write them and not what is typed, so that output can be compared.
    func makePlain() {
        mode.c_lflag &= ~tcflag_t(ECHO)
        mode.c_oflag &= ~tcflag_t(OPOST)
    }

    /// Whether keys are handed on one by one, as full-screen programs want it.
    var isRaw: Bool { mode.c_lflag & tcflag_t(ICANON) == 0 }
}
