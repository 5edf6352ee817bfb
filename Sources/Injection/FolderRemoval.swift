internal import Glibc

/// Removes a folder by descriptors, so that no symbolic link leads out of it.
enum FolderRemoval {
    /// Removes `name` in the folder `parent` and everything below; says whether nothing is left.
    static func remove(_ name: String, in parent: Int32) -> Bool {
        // The command may have taken its own permissions away.
        _ = fchmodat(parent, name, 0o700, 0)
        let folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { return unlinkat(parent, name, 0) == 0 || errno == ENOENT }
        var isEmpty = true
        for entry in names(in: folder) {
            let isGone = unlinkat(folder, entry, 0) == 0 || remove(entry, in: folder)
            isEmpty = isEmpty && isGone
        }
        close(folder)
        return unlinkat(parent, name, AT_REMOVEDIR) == 0 && isEmpty
    }

    private static func names(in folder: Int32) -> [String] {
        guard let stream = fdopendir(dup(folder)) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}
