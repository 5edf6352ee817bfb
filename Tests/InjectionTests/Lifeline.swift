import Foundation
import InjectTesting

/// A FIFO that a command keeps open: it ends when the last process has gone that inherited it.
final class Lifeline {
    /// What a shell does to hold it.
    static let hold = "exec 9>$LIFELINE"

    private let folder: TemporaryFolder
    private let reader: Int32

    init() throws {
        folder = try TemporaryFolder()
        chmod(folder.url.path, 0o755)
        guard mkfifo(folder.path("line"), 0o600) == 0 else { throw POSIXError(.EIO) }
        chmod(folder.path("line"), 0o622)
        reader = open(folder.path("line"), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    }

    deinit { close(reader) }

    /// The variable that leads to it.
    var variable: String { "LIFELINE=\(folder.path("line"))" }

    /// Waits until nobody holds it and returns what was written to it; nil where that takes so long that it will never be.
    func end() -> String? {
        var text = ""
        while true {
            var state = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
            guard poll(&state, 1, 60_000) == 1 else { return nil }
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = read(reader, &chunk, chunk.count)
            guard count > 0 else { return text }
            text += String(decoding: chunk[..<count], as: UTF8.self)
        }
    }
}
