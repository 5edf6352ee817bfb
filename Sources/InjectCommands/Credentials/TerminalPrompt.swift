internal import AWSClient
internal import Glibc
internal import Injection
internal import Secrets

/// Asks a person at the terminal for something that must not be shown.
enum TerminalPrompt {
    private static let longestCode = 128
    private static let longestSecret = 64 * 1024

    private enum Answer {
        case typed(SecretBytes)
        case cancelled
        case noTerminal
    }

    /// A code that is typed, which is worth nothing half a minute later.
    static func code(_ question: String) -> DeviceCode {
        switch ask(question, limit: longestCode) {
        case .typed(let code): .typed(code.withExposedBytes { String(decoding: $0, as: UTF8.self) })
        case .cancelled: .cancelled
        case .noTerminal: .unasked
        }
    }

    /// A secret that is typed or pasted; nil without a terminal, or where Ctrl-C or Ctrl-D was typed.
    static func secret(_ question: String) -> SecretBytes? {
        guard case .typed(let secret) = ask(question, limit: longestSecret) else { return nil }
        return secret
    }

    /// What is typed up to the line break.
    ///
    /// The terminal is asked itself: standard input and output may be pipes.
    private static func ask(_ question: String, limit: Int) -> Answer {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return .noTerminal }
        defer { close(terminal) }
        guard SilentTerminal.begin(terminal) else { return .noTerminal }
        defer { SilentTerminal.end() }
        write(question, to: terminal)
        return line(of: terminal, limit).map(Answer.typed) ?? .cancelled
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
