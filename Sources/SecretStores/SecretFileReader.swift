internal import Diagnostics
internal import Glibc
internal import Secrets

/// Reads files of secrets from the descriptor straight into locked memory.
struct SecretFileReader {
    /// The longest secret, in bytes; Linux takes at most 128 KiB for one variable.
    static let longestSecret = 64 * 1024
    static let tooLargeHelp = Diagnostic.Remark.help(
        "a secret is a key or a password; keep larger data encrypted and inject its key")

    let root: StoreRoot

    /// The file's bytes; `limit` is the longest a file may be.
    func read(_ path: String, limit: Int) throws(Diagnostic) -> SecretBytes {
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        guard !isAbsolute || root.allowsAbsolutePaths else { throw outside(path) }
        let place = isAbsolute ? path : root.folder + path
        // Non-blocking, so that a FIFO in the wrong place is an error and not a hang.
        let descriptor = open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        if !isAbsolute { try checkInside(path, descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            throw Diagnostic(.secretUnreadable, "`\(path)` is not a regular file", at: .file(place))
        }
        return try read(descriptor, path, limit: limit)
    }

    /// Asks the kernel where the opened file really is: nothing can be swapped in between.
    private func checkInside(_ path: String, _ descriptor: Int32) throws(Diagnostic) {
        let folder = root.folder.isEmpty ? "." : root.folder
        guard let base = Self.resolved(folder), let file = Self.link("/proc/self/fd/\(descriptor)") else {
            throw unreadable(path)
        }
        let prefix = base == [UInt8(ascii: "/")] ? base : base + [UInt8(ascii: "/")]
        guard file.starts(with: prefix) else { throw outside(path) }
    }

    private func read(_ descriptor: Int32, _ path: String, limit: Int) throws(Diagnostic) -> SecretBytes {
        do {
            var buffer = try SecretBuffer(capacity: 4096)
            while buffer.count <= limit {
                let count = try buffer.appendUninitialized(capacity: 4096) {
                    Glibc.read(descriptor, $0.baseAddress, $0.count)
                }
                if count < 0 && errno == EINTR { continue }
                guard count >= 0 else { throw unreadable(path) }
                if count == 0 { return buffer.finish() }
            }
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw Diagnostic(.secretUnreadable, "there is no memory for `\(path)`")
        }
        throw Diagnostic(
            .storedSecretTooLarge,
            "`\(path)` is longer than \(limit / 1024) KiB",
            at: .file(root.folder + path),
            [Self.tooLargeHelp]
        )
    }

    private static func resolved(_ path: String) -> [UInt8]? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return Array(UnsafeRawBufferPointer(start: real, count: strlen(real)))
    }

    private static func link(_ path: String) -> [UInt8]? {
        var target = [UInt8](repeating: 0, count: 4096)
        let count = target.withUnsafeMutableBytes { $0.baseAddress.map { base in readlink(path, base, 4096) } ?? -1 }
        return count > 0 ? Array(target[..<count]) : nil
    }

    // MARK: - Words

    private func unreadable(_ path: String) -> Diagnostic {
        guard errno != ENOENT else {
            return Diagnostic(
                .secretMissing,
                "there is no file `\(path)`",
                [.help("create it, or mend `from` in the policy; paths start at the policy's folder")]
            )
        }
        return Diagnostic(
            .secretUnreadable, "`\(path)` cannot be read: \(String(cString: strerror(errno)).lowercased())")
    }

    private func outside(_ path: String) -> Diagnostic {
        Diagnostic(
            .secretOutside,
            "`\(path)` leads out of the repository",
            [.help("keep the file below the policy's folder; absolute paths work in environments marked local")]
        )
    }
}
