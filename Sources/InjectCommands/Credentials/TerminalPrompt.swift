internal import Glibc

/// Asks a person at the terminal for something that must not be shown.
enum TerminalPrompt {
    /// What is typed up to the line break; nil without a terminal, or where Ctrl-C or Ctrl-D was typed.
    ///
    /// The terminal is asked itself: standard input and output may be pipes.
    static func ask(_ question: String) -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var usual = termios()
        guard tcgetattr(terminal, &usual) == 0 else { return nil }
        var silent = usual
        // Without signals, too: one that ended us here would leave the terminal without an echo.
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG | ICANON)
        guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { return nil }
        defer {
            tcsetattr(terminal, TCSAFLUSH, &usual)
            write("\n", to: terminal)
        }
        write(question, to: terminal)
        return line(of: terminal)
    }

    private static func line(of terminal: Int32) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < 128 {
            let count = read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return nil }
            switch byte {
            case 0x0A, 0x0D: return String(decoding: bytes, as: UTF8.self)
            case 0x03, 0x04: return nil
            case 0x08, 0x7F: _ = bytes.popLast()
            default: bytes.append(byte)
            }
        }
        return nil
    }

    private static func write(_ text: String, to terminal: Int32) {
        var text = text
        _ = text.withUTF8 { Glibc.write(terminal, $0.baseAddress, $0.count) }
    }
}
