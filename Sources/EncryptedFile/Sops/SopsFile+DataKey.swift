package import Diagnostics
package import Secrets

extension SopsFile {
    /// The data key, from the first service that can unwrap it.
    ///
    /// - Parameter file: the file's name, for messages.
    package func dataKey(from services: [any DataKeyService], file: String) async throws(Diagnostic) -> SecretBytes {
        var failures: [Diagnostic.Remark] = []
        for wrapping in wrappings {
            for service in services {
                do throws(Diagnostic) {
                    if let key = try await service.dataKey(in: wrapping) { return key }
                } catch {
                    failures += [.note(error.message)] + error.remarks
                }
            }
        }
        let recipients = wrappings.map(\.recipient) + metadata.foreign
        let list = recipients.isEmpty ? "nobody" : recipients.joined(separator: "\n")
        throw Diagnostic(
            .encryptedFileLocked, "nobody here can decrypt `\(file)`", at: .file(file),
            failures + [
                .note("it is encrypted for \(list)"),
                .help("name the file of your age identity in `SOPS_AGE_KEY_FILE`, or get AWS credentials for its key"),
            ]
        )
    }
}
