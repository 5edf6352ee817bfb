internal import Glibc

/// A file that did not exist before.
enum NewFile {
    /// Why a file was not made.
    enum Failure: Error {
        case exists
        case unwritable(String)
    }

    /// Makes a file with the mode that new files have; one that is there, or a link, is left alone.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw errno == EEXIST ? .exists : failure() }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let failure = failure()
                unlink(path)
                throw failure
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func failure() -> Failure { .unwritable(String(cString: strerror(errno)).lowercased()) }
}
