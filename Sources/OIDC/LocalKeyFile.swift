import Diagnostics
import Glibc
import OpenSSLCrypto
import Secrets

/// The file that holds the local issuer's private key: an Ed25519 key that nobody else can read.
struct LocalKeyFile {
    private let folder: String
    private var path: String { folder + "/local-issuer.key" }

    init(folder: String) { self.folder = folder }

    /// The key, made where there is none; of processes that race, all get the same.
    func key() throws(Diagnostic) -> PrivateKey {
        if let bytes = try contents() { return try parsed(bytes) }
        try makeFolder()
        try create()
        guard let bytes = try contents() else { throw refused("disappeared") }
        return try parsed(bytes)
    }

    private func parsed(_ bytes: SecretBytes) throws(Diagnostic) -> PrivateKey {
        do throws(CryptoError) {
            return try PrivateKey.importEd25519(bytes)
        } catch {
            if let shortage = error.code.shortage(of: "Ed25519") { throw refused("cannot be used: \(shortage)") }
            throw refused("is not a key", help: "remove the file; a new one is made")
        }
    }

    // MARK: - Reading

    /// The file's bytes, or nil where there is no file.
    private func contents() throws(Diagnostic) -> SecretBytes? {
        // Non-blocking, so that a FIFO is an error and not a hang.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw refused("cannot be opened: \(Self.reason())")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw refused("cannot be examined: \(Self.reason())") }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else {
            throw refused("is not a file of yours")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw refused(
                "can be read by others", help: "chmod 600 '\(path)', or remove it if others could have read it")
        }
        guard (1...4096).contains(status.st_size) else { throw refused("does not have the length of a key") }
        return try bytes(of: descriptor, count: Int(status.st_size))
    }

    private func bytes(of descriptor: Int32, count: Int) throws(Diagnostic) -> SecretBytes {
        do {
            var buffer = try SecretBuffer(capacity: count)
            _ = try buffer.appendUninitialized(capacity: count) { read(descriptor, $0.baseAddress, count) }
            return buffer.finish()
        } catch {
            throw refused("cannot be read for want of memory")
        }
    }

    // MARK: - Making

    private func makeFolder() throws(Diagnostic) {
        var prefix = folder.hasPrefix("/") ? "" : "."
        for part in folder.split(separator: "/") {
            prefix += "/" + part
            if mkdir(prefix, 0o700) != 0, errno != EEXIST {
                throw Diagnostic(.localKeyRefused, "the folder `\(folder)` cannot be made: \(Self.reason())")
            }
        }
        var status = stat()
        guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
            status.st_mode & 0o022 == 0
        else {
            throw Diagnostic(
                .localKeyRefused,
                "the folder `\(folder)` is not one that only you can write to",
                [.help("set `INJECT_DATA_DIR` to one that is")]
            )
        }
    }

    /// Writes the key beside its place and links it there, so that no reader sees half a key and the first one stays.
    private func create() throws(Diagnostic) {
        let key: SecretBytes
        do {
            key = try SecureRandom.secret(32)
        } catch {
            throw refused("could not be generated")
        }
        let draft = path + ".\(getpid()).\(UInt64.random(in: 0...UInt64.max))"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw refused("cannot be written: \(Self.reason())") }
        defer {
            close(descriptor)
            unlink(draft)
        }
        let written = key.withExposedBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == key.count, fsync(descriptor) == 0 else { throw refused("cannot be written: \(Self.reason())") }
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw refused("cannot be put in place: \(Self.reason())")
        }
    }

    private func refused(_ problem: String, help: String? = nil) -> Diagnostic {
        Diagnostic(
            .localKeyRefused,
            "the key for fake tokens \(problem)",
            at: .file(path),
            help.map { [.help($0)] } ?? []
        )
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
