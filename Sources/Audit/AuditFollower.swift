internal import Glibc

/// Reads a log while it grows, and goes on in the next file where the log does.
package struct AuditFollower: ~Copyable {
    private let log: String
    private var descriptor: Int32
    /// Where the first line begins that was not whole yet.
    private var position: off_t = 0

    /// Opens a log; its records from the start of the current file on are read first.
    package init(_ log: String) throws(AuditError) {
        self.log = log
        descriptor = try Self.open(log)
    }

    deinit { close(descriptor) }

    /// The whole lines that came since the last time.
    package mutating func newLines() throws(AuditError) -> [[UInt8]] {
        var lines = try rested()
        while let next = successor() {
            // Nobody has written to the old file since its successor was there, but perhaps just before.
            lines += try rested()
            let following = try Self.open(next)
            close(descriptor)
            descriptor = following
            position = 0
            lines += try rested()
        }
        return lines
    }

    /// The file that follows this one: a part that is older than the log by now, or the log itself.
    private func successor() -> String? {
        var info = stat()
        guard fstat(descriptor, &info) == 0, AuditSegments.inode(log).map({ $0 != UInt(info.st_ino) }) ?? false else {
            return nil
        }
        let parts = AuditSegments.paths(of: log)
        guard let own = parts.firstIndex(where: { AuditSegments.inode($0) == UInt(info.st_ino) }) else { return log }
        return own + 1 < parts.count ? parts[own + 1] : log
    }

    /// The whole lines that were not read yet.
    ///
    /// Half a line is read again later: a start of the broker cuts it off and writes others in its place.
    private mutating func rested() throws(AuditError) -> [[UInt8]] {
        var chunk = [UInt8](repeating: 0, count: 2 * AuditLine.longest)
        var lines: [[UInt8]] = []
        while true {
            let count = pread(descriptor, &chunk, chunk.count, position)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw AuditError(.cannotOpen, errno) }
            let end = chunk[..<count].lastIndex(of: 0x0A)
            // A line that long is none of ours.
            guard end != nil || count == chunk.count else { return lines }
            let text = chunk[..<(end ?? count)]
            lines += text.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
            position += off_t(end.map { $0 + 1 } ?? count)
        }
    }

    private static func open(_ path: String) throws(AuditError) -> Int32 {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw AuditError(.cannotOpen, errno) }
        return descriptor
    }
}
