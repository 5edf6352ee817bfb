import Foundation

/// Descriptors that tests make for themselves.
enum Descriptors {
    /// A pipe with both ends close-on-exec, of 64 KiB.
    static func pipe() throws -> (reader: Int32, writer: Int32) {
        let pipe = Pipe()
        let ends = [pipe.fileHandleForReading, pipe.fileHandleForWriting].map {
            fcntl($0.fileDescriptor, F_DUPFD_CLOEXEC, 3)
        }
        guard ends.allSatisfy({ $0 >= 0 }) else { throw POSIXError(.EMFILE) }
        return (ends[0], ends[1])
    }

    /// How many bytes a pipe holds.
    static func readableCount(_ descriptor: Int32) -> Int {
        var count: Int32 = 0
        return ioctl(descriptor, UInt(FIONREAD), &count) == 0 ? Int(count) : -1
    }

    /// Reads to the end and returns how many bytes there were.
    static func drain(_ descriptor: Int32) -> Int {
        var (chunk, total) = ([UInt8](repeating: 0, count: 1 << 16), 0)
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 { total += count }
        return total
    }
}
