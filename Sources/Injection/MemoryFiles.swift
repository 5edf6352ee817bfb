internal import CInjectShims
internal import Glibc
internal import Secrets

/// Secret files without a name: sealed memory that the command has open, and that goes with the last process that has.
struct MemoryFiles: ~Copyable {
    /// The descriptors that the command is to keep.
    private(set) var descriptors: [Int32] = []
    /// Where the command finds them: under /proc/self/fd, as long as it hands on its descriptors.
    private(set) var delivered = DeliveredFiles()

    /// Writes and seals every file.
    init(_ secrets: [InjectedSecret]) throws(RunFailure) {
        for secret in secrets { try add(secret) }
    }

    deinit { for descriptor in descriptors { close(descriptor) } }

    private mutating func add(_ secret: InjectedSecret) throws(RunFailure) {
        guard let file = secret.delivery.file else { return }
        let descriptor = inject_memory_file_make(secret.name.text)
        guard descriptor >= 0 else { throw SecretFolderFailure.write(secret.name) }
        descriptors.append(descriptor)
        let isWritten = secret.value.withExposedBytes { SecretFolder.writeAll($0, to: descriptor) }
        guard isWritten, fchmod(descriptor, mode_t(file.mode)) == 0, inject_memory_file_seal(descriptor) else {
            throw SecretFolderFailure.write(secret.name)
        }
        delivered.paths[secret.name] = "/proc/self/fd/\(descriptor)"
    }
}
