import Glibc

/// A file could not be read into locked memory.
package struct SecretFileError: Error, Sendable {
    /// The system's error number; 0 for a file that is not a regular one, or too long.
    package let code: Int32

    /// What happened, in words.
    package var reason: String {
        code == 0 ? "it is no regular file of a fitting length" : String(cString: strerror(code))
    }
}

extension SecretBytes {
    /// The content of a regular file of at most `limit` bytes, read straight into locked memory.
    package static func contents(ofFile path: String, limit: Int) throws(SecretFileError) -> SecretBytes {
        // Non-blocking, so that a FIFO in the wrong place is an error and not a hang.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw SecretFileError(code: errno) }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size <= limit else {
            throw SecretFileError(code: 0)
        }
        return try contents(of: descriptor, limit: limit)
    }

    /// Everything that can be read from a descriptor, unless it is longer than `limit`.
    package static func contents(of descriptor: Int32, limit: Int) throws(SecretFileError) -> SecretBytes {
        do {
            var buffer = try SecretBuffer(capacity: 4096)
            while true {
                var count = 0
                _ = try buffer.appendUninitialized(capacity: 4096) { room in
                    count = read(descriptor, room.baseAddress, room.count)
                    return max(0, count)
                }
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw SecretFileError(code: errno) }
                guard count > 0 else { return buffer.finish() }
                guard buffer.count <= limit else { throw SecretFileError(code: 0) }
            }
        } catch let error as SecretFileError {
            throw error
        } catch {
            throw SecretFileError(code: ENOMEM)
        }
    }
}
