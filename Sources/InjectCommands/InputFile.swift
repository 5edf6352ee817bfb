internal import Glibc

/// Reads files that are not secret: policies, claims, key sets.
enum InputFile {
    /// Why a file could not be read.
    enum Failure: Error {
        case missing
        case unreadable(String)

        /// The reason as the system words it, lower case.
        var reason: String {
            switch self {
            case .missing: "no such file"
            case .unreadable(let reason): reason
            }
        }
    }

    /// Returns at most `limit` bytes of the file at `path`; `-` is standard input.
    static func bytes(of path: String, limit: Int) throws(Failure) -> [UInt8] {
        guard path != "-" else { return try bytes(of: STDIN_FILENO, limit: limit) }
        // Non-blocking, so that a FIFO in the wrong place, to which nobody writes, is an error and not a hang.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        return try bytes(of: descriptor, limit: limit)
    }

    /// Whether there is a file, and no folder, at `path`.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }

    private static func bytes(of descriptor: Int32, limit: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < limit {
            let count = read(descriptor, &chunk, min(chunk.count, limit - bytes.count))
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN {
                wait(for: descriptor)
                continue
            }
            guard count >= 0 else { throw failure() }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// Somebody writes to the pipe, as in `--jwks <(command)`, and has not written yet.
    private static func wait(for descriptor: Int32) {
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        poll(&state, 1, -1)
    }

    private static func failure() -> Failure {
        guard errno != ENOENT else { return .missing }
        return .unreadable(String(cString: strerror(errno)).lowercased())
    }
}
