internal import Glibc

/// Reads a log of any length line by line.
package struct AuditLogReader: ~Copyable {
    private let descriptor: Int32

    /// Opens a log to read it; `-` is standard input.
    package init(_ path: String) throws(AuditError) {
        descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw AuditError(.cannotOpen, errno) }
    }

    /// Opens the last bytes of a log; what comes first is the end of a line, unless the log is not that long.
    init(_ path: String, last count: Int) throws(AuditError) {
        try self.init(path)
        lseek(descriptor, max(lseek(descriptor, 0, SEEK_END) - off_t(count), 0), SEEK_SET)
    }

    /// The length of the whole file; 0 where it has none, as a pipe.
    var byteCount: Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    /// What tells the file from another one that has its name by now.
    var inode: UInt? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? UInt(status.st_ino) : nil
    }

    deinit { close(descriptor) }

    /// Hands every line to `body`, without its line break, and returns whether the last one had none.
    package func lines(_ body: (ArraySlice<UInt8>) -> Void) throws(AuditError) -> Bool {
        var rest: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw AuditError(.cannotOpen, errno) }
            guard count > 0 else { return !rest.isEmpty }
            rest += chunk[..<count]
            var start = 0
            while let end = rest[start...].firstIndex(of: 0x0A) {
                body(rest[start..<end])
                start = end + 1
            }
            rest.removeFirst(start)
            // A line that long is none of ours; it must not fill the memory.
            if rest.count > 2 * AuditLine.longest {
                body(rest[...])
                rest = []
            }
        }
    }
}
