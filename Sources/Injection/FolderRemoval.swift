internal import Glibc

/// Removes folders by descriptors, so that no symbolic link leads out of them.
///
/// Names are bytes: a file name need not be UTF-8.
enum FolderRemoval {
    /// Removes everything in an open folder; says whether nothing is left.
    static func empty(_ folder: Int32) -> Bool {
        // A process that the command left behind may still be writing while we remove.
        for _ in 0..<4 {
            guard let names = clear(folder) else { return false }
            if names.isEmpty { return true }
        }
        return false
    }

    /// Removes `name` in the folder `parent` and everything below; says whether nothing is left.
    static func remove(_ name: [CChar], in parent: Int32) -> Bool {
        if unlinkat(parent, name, 0) == 0 || errno == ENOENT { return true }
        let folder = open(name, in: parent)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        _ = clear(folder)
        return unlinkat(parent, name, AT_REMOVEDIR) == 0
    }

    /// Removes what is in the folder now and returns its names, or nil where they cannot be read.
    private static func clear(_ folder: Int32) -> [[CChar]]? {
        // The command may have taken its own permissions away.
        _ = fchmod(folder, 0o700)
        guard let names = names(in: folder) else { return nil }
        for name in names { _ = remove(name, in: folder) }
        return names
    }

    private static func open(_ name: [CChar], in parent: Int32) -> Int32 {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let folder = openat(parent, name, flags)
        guard folder < 0 && errno == EACCES else { return folder }
        _ = fchmodat(parent, name, 0o700, AT_SYMLINK_NOFOLLOW)
        return openat(parent, name, flags)
    }

    private static func names(in folder: Int32) -> [[CChar]]? {
        let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // A folder that the command has removed itself has nothing in it.
        guard copy >= 0 else { return errno == ENOENT ? [] : nil }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return nil
        }
        defer { closedir(stream) }
        var names: [[CChar]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name.map(CChar.init(bitPattern:)) + [0]) }
        }
        return names
    }
}
