internal import AWSClient
internal import Diagnostics
internal import EncryptedFile
internal import Glibc
internal import HTTPTransport
internal import SecretStores
internal import Secrets

/// Opens encrypted files with whatever keys a person has, and writes them whole or not at all.
struct EncryptedFileEditor {
    let path: String
    let format: SopsFormat
    private let surroundings: Surroundings
    private let deadline: Deadline

    init(_ options: EncryptedFileOptions, in surroundings: Surroundings) throws(Diagnostic) {
        guard let format = SopsFormat(path: options.file) else {
            throw Diagnostic(
                .usage, "`\(options.file)` does not say what it is", [.help("call it `.yaml`, `.json` or `.env`")]
            )
        }
        path = options.file
        self.format = format
        self.surroundings = surroundings
        deadline = try Deadline(option: options.deadline, surroundings.environment)
    }

    /// Now, as a file says when it was changed.
    var moment: String { AWSTime.text(surroundings.now) }

    /// The file, or nil where there is none.
    func file() throws(Diagnostic) -> SopsFile? {
        let bytes: SecretBytes
        do throws(SecretFileError) {
            bytes = try SecretBytes.contents(ofFile: path, limit: EncryptedFileStore.longestFile)
        } catch {
            guard error.code != ENOENT else { return nil }
            throw Diagnostic(.encryptedFileRefused, "`\(path)` cannot be read: \(error.reason)", at: .file(path))
        }
        return try explaining { () throws(SopsError) in
            try SopsFile(bytes.withExposedBytes { Array($0) }, format: format)
        }
    }

    /// The file, which has to be there.
    func existingFile() throws(Diagnostic) -> SopsFile {
        if let file = try file() { return file }
        throw Diagnostic(
            .encryptedFileRefused, "there is no file `\(path)`",
            [.help("make it: inject secrets set NAME --file \(path) --recipient age1…")]
        )
    }

    /// The file's data key, from an age identity or a key of KMS.
    func dataKey(of file: SopsFile) throws -> SecretBytes {
        let path = path
        var services: [any DataKeyService] = [try AgeKeys.ring(.process)]
        if file.wrappings.contains(where: { KMSDataKeys.isKey($0.recipient) }) { services.append(try kms()) }
        let all = services
        return try Blocking.wait("unwrapping the data key", until: deadline) {
            try await file.dataKey(from: all, file: path)
        }
    }

    /// Wraps a data key for recipients: age's, or ARNs of keys.
    ///
    /// - Parameters:
    ///   - context: what KMS is told; nil for what it was told before.
    ///   - old: the wrappings of before; a key can be among them twice, with two contexts.
    func wrap(
        _ dataKey: SecretBytes,
        for recipients: [String],
        context: [(name: String, value: String)]?,
        like old: [WrappedDataKey] = []
    ) throws -> [WrappedDataKey] {
        let kms = recipients.contains(where: KMSDataKeys.isKey) ? try kms() : nil
        var rest = old
        let wanted = recipients.map { recipient in
            let isMeant = { (wrapping: WrappedDataKey) in wrapping.recipient.utf8.elementsEqual(recipient.utf8) }
            let known = rest.firstIndex(where: isMeant).map { rest.remove(at: $0) } ?? old.first(where: isMeant)
            return (recipient: recipient, context: context ?? known?.context ?? [])
        }
        return try Blocking.wait("wrapping the data key", until: deadline) {
            try await Self.wrap(dataKey, for: wanted, kms)
        }
    }

    /// Says of this file what is wrong with it.
    func explaining<Result>(_ work: () throws(SopsError) -> Result) throws(Diagnostic) -> Result {
        do throws(SopsError) { return try work() } catch { throw error.diagnostic(path) }
    }

    /// Reads and writes the file while nobody else does.
    func alone<Result>(_ work: () throws -> Result) throws -> Result {
        do { return try AtomicFile(path).alone(work) } catch let failure as AtomicFile.Failure {
            throw unwritable(failure.code)
        }
    }

    /// Puts a new content in the place of the file; whoever reads it sees the old one or the new one.
    func write(_ file: SopsFile) throws(Diagnostic) {
        do throws(AtomicFile.Failure) { try AtomicFile(path).replace(with: file.bytes) } catch {
            throw unwritable(error.code)
        }
    }

    private func kms() throws(Diagnostic) -> KMSDataKeys {
        try HTTPConfiguration.requireLibrary()
        let http = CurlClient(HTTPConfiguration.aws(surroundings.environment))
        // A key names its own region.
        let settings = try AWSSettings(region: "us-east-1", environment: .process)
        let connection = AWSConnection(settings, http: http, surroundings: surroundings.aws)
        let chain = CredentialChain(surroundings.personal(http))
        return KMSDataKeys(AWSSession(connection: connection, credentials: chain))
    }

    private static func wrap(
        _ dataKey: SecretBytes,
        for recipients: [(recipient: String, context: [(name: String, value: String)])],
        _ kms: KMSDataKeys?
    ) async throws -> [WrappedDataKey] {
        var wrappings: [WrappedDataKey] = []
        for (recipient, context) in recipients {
            if let kms, KMSDataKeys.isKey(recipient) {
                wrappings.append(try await kms.wrap(dataKey, with: recipient, context: context))
            } else {
                wrappings.append(try wrap(dataKey, for: recipient))
            }
        }
        return wrappings
    }

    private static func wrap(_ dataKey: SecretBytes, for recipient: String) throws(Diagnostic) -> WrappedDataKey {
        guard let age = try? X25519Recipient(recipient), let file = try? AgeFile.seal(dataKey, to: [age]) else {
            throw Diagnostic(
                .usage, "`\(recipient)` is no recipient",
                [.help("name an age recipient (`age1…`, printed by age-keygen) or the ARN of a KMS key")]
            )
        }
        return .age(recipient: recipient, file: file)
    }

    private func unwritable(_ code: Int32) -> Diagnostic {
        Diagnostic(
            .encryptedFileUnwritable, "`\(path)` cannot be written: \(String(cString: strerror(code)))",
            [.help("it is as it was before")]
        )
    }
}

extension Diagnostic.ID {
    /// An encrypted file could not be written, and is as it was.
    static let encryptedFileUnwritable = Diagnostic.ID("encrypted-file-unwritable")
}
