internal import CInjectShims
internal import Diagnostics
internal import Glibc
internal import Secrets

/// The private folder of one run: memory-backed, mode 0700, removed with everything in it.
struct SecretFolder: ~Copyable {
    /// The folder's absolute path.
    let path: String
    fileprivate let parent: Int32
    fileprivate let name: String
    /// Open from the start: what the command puts in the folder's place is never taken for it.
    fileprivate let folder: Int32

    /// Lets the reaper make an empty folder below the first place that is memory-backed.
    static func make(_ places: SecretFolderPlaces, by reaper: Reaper) throws(RunFailure) -> SecretFolder {
        let root = try places.root()
        let parent = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard parent >= 0 else { throw SecretFolderFailure.make("the folder `\(root)` cannot be opened") }
        var name = ""
        repeat {
            name = "inject-" + String(UInt64.random(in: .min ... .max), radix: 36)
            errno = reaper.makeFolder(name, in: root)
        } while errno == EEXIST
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let folder = errno == 0 ? openat(parent, name, flags) : -1
        guard folder >= 0 else {
            let failure = SecretFolderFailure.make("no folder can be made in `\(root)`")
            close(parent)
            throw failure
        }
        return SecretFolder(path: root + "/" + name, parent: parent, name: name, folder: folder)
    }

    deinit {
        close(folder)
        close(parent)
    }

    /// Writes every file; on a failure the caller removes the folder.
    borrowing func write(_ secrets: [InjectedSecret]) throws(RunFailure) {
        for secret in secrets {
            guard let file = secret.delivery.file else { continue }
            try write(secret.value, to: file, of: secret.name)
        }
    }

    /// Removes the folder and whatever the command made of it; says whether nothing is left.
    borrowing func remove() -> Bool {
        // First through the descriptor, which still leads to the files where the command has renamed the folder.
        let isEmpty = inject_folder_empty(folder)
        return inject_folder_remove(parent, name) && isEmpty
    }

    private borrowing func write(_ value: SecretBytes, to file: SecretFile, of name: SecretName) throws(RunFailure) {
        var folder = fcntl(self.folder, F_DUPFD_CLOEXEC, 3)
        guard folder >= 0 else { throw SecretFolderFailure.write(name) }
        defer { close(folder) }
        let parts = file.path.split(separator: "/").map(String.init)
        for part in parts.dropLast() {
            guard mkdirat(folder, part, 0o700) == 0 || errno == EEXIST else { throw SecretFolderFailure.write(name) }
            let next = openat(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard next >= 0 else { throw SecretFolderFailure.write(name) }
            close(folder)
            folder = next
        }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = openat(folder, parts.last ?? "", flags, 0o600)
        guard descriptor >= 0 else { throw SecretFolderFailure.write(name) }
        defer { close(descriptor) }
        let isWritten = value.withExposedBytes { Self.writeAll($0, to: descriptor) }
        // The mode comes last and past the umask, so that a file is never half there with its final mode.
        guard isWritten, fchmod(descriptor, mode_t(file.mode)) == 0 else { throw SecretFolderFailure.write(name) }
    }

    /// Writes all of the bytes; false sets errno.
    static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}
