internal import Glibc

/// A file of which there is never half, whenever the program or the machine stops.
struct AtomicFile {
    struct Failure: Error {
        let code: Int32
    }

    /// What a link leads to: the link stays one.
    private let target: String

    init(_ path: String) {
        guard let real = realpath(path, nil) else {
            target = path
            return
        }
        defer { free(real) }
        target = String(cString: real)
    }

    /// Does work that nobody else who asks the same way does in the file's folder at the same time.
    func alone<Result>(_ work: () throws -> Result) throws -> Result {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw Failure(code: errno) }
        }
        return try work()
    }

    /// Writes a file beside the old one, has it reach the disk, and puts it in the old one's place.
    ///
    /// Its name is always the same one, so that what a killed program left is used up by the next.
    func replace(with bytes: [UInt8]) throws(Failure) {
        let mode = mode ?? 0o600
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        var failure = Self.write(bytes, to: descriptor)
        if failure == 0, fchmod(descriptor, mode) != 0 || fsync(descriptor) != 0 { failure = errno }
        close(descriptor)
        if failure == 0, rename(temporary, target) != 0 { failure = errno }
        guard failure == 0 else {
            unlink(temporary)
            throw Failure(code: failure)
        }
        syncFolder()
    }

    private var folder: String {
        guard let slash = target.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == target.startIndex ? "/" : String(target[..<slash])
    }

    private var temporary: String {
        let start = target.utf8.lastIndex(of: UInt8(ascii: "/")).map { target.utf8.index(after: $0) }
        let name = target[(start ?? target.startIndex)...]
        return "\(folder)/.\(name).inject"
    }

    private var mode: mode_t? {
        var info = stat()
        return stat(target, &info) == 0 ? info.st_mode & 0o7777 : nil
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return errno }
            offset += count
        }
        return 0
    }

    /// The new name is on the disk once its folder is.
    private func syncFolder() {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
