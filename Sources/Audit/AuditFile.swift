internal import Glibc

/// The file of a log: only ever longer, and what was written is on the disk before anybody is told.
struct AuditFile: ~Copyable {
    private let descriptor: Int32
    /// What tells the file from another one that has its name by now.
    let inode: UInt
    /// How much of the file is good.
    private(set) var size: Int64

    /// Opens or makes the file, which nobody else may write to in the meantime.
    init(_ path: String) throws(AuditError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0o600)
        guard descriptor >= 0 else { throw AuditError(.cannotOpen, errno) }
        var info = stat()
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            close(descriptor)
            throw AuditError(number == EWOULDBLOCK ? .inUse : .cannotOpen, number)
        }
        // The lock is of no use where the file has got another name since it was opened.
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG,
            AuditSegments.inode(path) == UInt(info.st_ino)
        else {
            close(descriptor)
            throw AuditError(.cannotOpen)
        }
        guard Self.syncFolder(of: path) else {
            let number = errno
            close(descriptor)
            throw AuditError(.cannotOpen, number)
        }
        size = Int64(info.st_size)
        inode = UInt(info.st_ino)
    }

    deinit { close(descriptor) }

    /// Lets others write to it; nothing more is written here.
    func unlock() { flock(descriptor, LOCK_UN) }

    /// Gives the log's file another name, and makes a new one in its place; at no moment is there none.
    static func replacing(_ path: String, keeping segment: String) throws(AuditError) -> AuditFile {
        let draft = path + ".next"
        unlink(draft)
        let next = try AuditFile(draft)
        guard link(path, segment) == 0 else { throw AuditError(.notWritten, errno) }
        guard rename(draft, path) == 0 else {
            let number = errno
            unlink(segment)
            throw AuditError(.notWritten, number)
        }
        guard syncFolder(of: path) else {
            let number = errno
            // A power cut could take the new file's name along, and all that is in it: the old one is the log again.
            rename(segment, path)
            throw AuditError(.notWritten, number)
        }
        return next
    }

    /// The end of the file, at most so many bytes.
    func tail(_ limit: Int) throws(AuditError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(min(Int64(limit), size)))
        var done = 0
        while done < bytes.count {
            let start = off_t(size) - off_t(bytes.count - done)
            let count = bytes[done...].withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, start) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw AuditError(.cannotOpen, errno) }
            done += count
        }
        return bytes
    }

    /// Forgets the last bytes, which are half a record.
    mutating func cut(_ count: Int) throws(AuditError) {
        size -= Int64(count)
        guard ftruncate(descriptor, off_t(size)) == 0, fdatasync(descriptor) == 0 else {
            throw AuditError(.cannotOpen, errno)
        }
    }

    /// Writes and syncs.
    ///
    /// After `notWritten` the file is as it was. After `notSynced` it must not be used again: the kernel has dropped the
    /// pages that it could not write, and a second sync would succeed without them.
    mutating func append(_ bytes: [UInt8]) throws(AuditError) {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw undone(count < 0 ? errno : ENOSPC) }
            done += count
        }
        while fdatasync(descriptor) != 0 {
            guard errno == EINTR else { throw AuditError(.notSynced, errno) }
        }
        size += Int64(bytes.count)
    }

    /// Takes back what was written of a batch.
    private func undone(_ number: Int32) -> AuditError {
        ftruncate(descriptor, off_t(size)) == 0 ? AuditError(.notWritten, number) : AuditError(.notSynced, number)
    }

    /// A new file's name is on the disk once its folder is; false where it may not be.
    static func syncFolder(of path: String) -> Bool {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // A folder in which one may write and not read cannot be synced by anybody of this account.
        guard descriptor >= 0 else { return errno == EACCES }
        defer { close(descriptor) }
        // Some file systems have nothing to sync in a folder, and say so.
        return fsync(descriptor) == 0 || errno == EINVAL
    }
}
