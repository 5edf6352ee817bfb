internal import Glibc

/// Walks files and folders in the order of their names' bytes, and follows no symbolic link in a folder.
package enum FileWalk {
    /// How a file was come across.
    package enum Origin: Sendable {
        /// By its own path: a link is followed, and whatever it is is meant to be read.
        case named
        /// In a folder: a regular file.
        case found
    }

    /// Hands `path` itself, or each regular file below it, to `visit`, and what cannot be listed to `refuse` with the
    /// reason.
    ///
    /// The folders still to be listed are on a list of our own: depth costs no stack.
    package static func walk(
        _ path: ScanPath,
        visit: (ScanPath, Origin) throws -> Void,
        refuse: (ScanPath, String) -> Void
    ) rethrows {
        var waiting = [(path: path, origin: Origin.named)]
        while let (next, origin) = waiting.popLast() {
            var status = stat()
            let isThere = next.withCString { origin == .named ? stat($0, &status) : lstat($0, &status) } == 0
            guard isThere else {
                refuse(next, SystemReason.current)
                continue
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                guard let names = names(in: next, origin) else {
                    refuse(next, SystemReason.current)
                    continue
                }
                waiting += names.map { (next.appending($0), .found) }
            case S_IFREG: try visit(next, origin)
            default: if origin == .named { try visit(next, origin) }
            }
        }
    }

    /// The names in a folder, the last one first.
    private static func names(in path: ScanPath, _ origin: Origin) -> [[UInt8]]? {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (origin == .named ? 0 : O_NOFOLLOW)
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
