internal import Glibc

/// The older parts of a log, which lie beside it: `audit.jsonl.0000000000001234` ends with the record of that number.
package enum AuditSegments {
    private static let digits = 16

    /// The older parts that are there, the oldest first.
    package static func paths(of log: String) -> [String] {
        let slash = log.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { String(log[...$0]) } ?? ""
        let start = (slash.map { String(log[log.index(after: $0)...]) } ?? log) + "."
        guard let stream = opendir(folder.isEmpty ? "." : folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            let number = name.utf8.dropFirst(start.utf8.count)
            guard name.utf8.starts(with: start.utf8), number.count == digits,
                number.allSatisfy({ (0x30...0x39).contains($0) })
            else { continue }
            names.append(folder + name)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The older parts of a log that was opened; where it goes on in a new file by now, those that were older then.
    package static func paths(of log: String, before opened: borrowing AuditLogReader) -> [String] {
        let own = opened.inode
        return Array(paths(of: log).prefix { inode($0) != own })
    }

    /// Of older parts those that begin behind a base; a crash in the middle of a removal leaves one that ends with it.
    package static func kept(_ paths: [String], behind base: [UInt8]?) -> [String] {
        guard let base, let end = AuditLine(base.last == 0x0A ? base.dropLast() : base[...])?.sequence else {
            return paths
        }
        return paths.filter { path in sequence(path).map { $0 > end } ?? true }
    }

    /// Where the record is that stands before the oldest part, once parts were removed.
    package static func basePath(of log: String) -> String { log + ".base" }

    /// The part of a log that ends with a record.
    static func path(of log: String, endingWith sequence: Int64) -> String {
        let number = String(sequence)
        return log + "." + String(repeating: "0", count: max(digits - number.count, 0)) + number
    }

    /// The number of the record that a part ends with.
    static func sequence(_ path: String) -> Int64? { Int64(path.suffix(digits)) }

    /// The last record of the newest part, or what stands in its place where there is none.
    static func end(of log: String) throws(AuditError) -> (sequence: Int64, hash: String) {
        guard let newest = paths(of: log).last ?? existing(basePath(of: log)) else { return (0, AuditHash.none) }
        return try AuditTail(lastBytes(of: newest)).last()
    }

    /// A crash in the middle of a change of files leaves two names for one: the log is then as it was before.
    static func undoHalfRotation(of log: String) {
        guard let newest = paths(of: log).last, inode(newest) == inode(log) else { return }
        unlink(newest)
    }

    /// What tells a file from another one of the same name.
    static func inode(_ path: String) -> UInt? {
        var info = stat()
        return stat(path, &info) == 0 ? UInt(info.st_ino) : nil
    }

    private static func existing(_ path: String) -> String? { access(path, F_OK) == 0 ? path : nil }

    /// The end of a file, long enough for a record.
    static func lastBytes(of path: String) throws(AuditError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw AuditError(.cannotOpen, errno) }
        defer { close(descriptor) }
        let size = max(lseek(descriptor, 0, SEEK_END), 0)
        let start = max(size - off_t(2 * AuditLine.longest), 0)
        var bytes = [UInt8](repeating: 0, count: Int(size - start))
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress, $0.count, start + off_t(done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw AuditError(.cannotOpen, errno) }
            done += count
        }
        return bytes
    }
}
