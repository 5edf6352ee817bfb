internal import Glibc
internal import Secrets

/// Asks a person at the terminal for something that must not be shown.
enum TerminalPrompt {
    private static let longestCode = 128
    private static let longestSecret = 64 * 1024

    /// A code that is typed, which is worth nothing half a minute later.
    static func code(_ question: String) -> String? {
        guard let code = ask(question, limit: longestCode) else { return nil }
        return code.withExposedBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// A secret that is typed or pasted.
    static func secret(_ question: String) -> SecretBytes? { ask(question, limit: longestSecret) }

    /// What is typed up to the line break; nil without a terminal, or where Ctrl-C or Ctrl-D was typed.
    ///
    /// The terminal is asked itself: standard input and output may be pipes.
    private static func ask(_ question: String, limit: Int) -> SecretBytes? {
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
        return line(of: terminal, limit)
    }

    private static func line(of terminal: Int32, _ limit: Int) -> SecretBytes? {
        guard var bytes = try? SecretBuffer() else { return nil }
        var byte: UInt8 = 0
        while bytes.count <= limit {
            let count = read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return nil }
            switch byte {
            case 0x0A, 0x0D: return bytes.finish()
            case 0x03, 0x04: return nil
            case 0x08, 0x7F: bytes.truncate(to: bytes.withExposedBytes(Self.withoutLastCharacter))
            default:
                guard (try? bytes.append(byte)) != nil else { return nil }
            }
        }
        return nil
    }

    /// How many bytes are left without the last character, which may have several.
    private static func withoutLastCharacter(_ bytes: UnsafeRawBufferPointer) -> Int {
        bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
    }

    private static func write(_ text: String, to terminal: Int32) {
        var text = text
        _ = text.withUTF8 { Glibc.write(terminal, $0.baseAddress, $0.count) }
    }
}
