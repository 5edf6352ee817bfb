internal import Glibc

/// Walks files and folders in the order of their names' bytes, and follows no symbolic link.
package struct FileWalk {
    /// How many symbolic links were passed over.
    package private(set) var links = 0
    /// How many sockets, devices and FIFOs were passed over.
    package private(set) var specials = 0

    /// Makes a walk that has seen nothing.
    package init() {}

    /// Hands each regular file at or below `path` to `visit`, and what cannot be listed to `refuse` with the reason.
    ///
    /// The folders still to be listed are on a list of our own: depth costs no stack.
    package mutating func walk(
        _ path: ScanPath,
        visit: (ScanPath) throws -> Void,
        refuse: (ScanPath, String) -> Void
    ) rethrows {
        var waiting = [path]
        while let next = waiting.popLast() {
            var status = stat()
            guard next.withCString({ lstat($0, &status) }) == 0 else {
                refuse(next, SystemReason.current)
                continue
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG: try visit(next)
            case S_IFLNK: links += 1
            case S_IFDIR:
                guard let names = Self.names(in: next) else {
                    refuse(next, SystemReason.current)
                    continue
                }
                waiting += names.map { next.appending($0) }
            default: specials += 1
            }
        }
    }

    /// The names in a folder, the last one first.
    private static func names(in path: ScanPath) -> [[UInt8]]? {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let descriptor = path.withCString { open($0, flags) }
        guard descriptor >= 0 else { return nil }
        guard let folder = fdopendir(descriptor) else {
            close(descriptor)
            return nil
        }
        defer { closedir(folder) }
        var names: [[UInt8]] = []
        errno = 0
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { return nil }
        return names.sorted { $1.lexicographicallyPrecedes($0) }
    }
}
