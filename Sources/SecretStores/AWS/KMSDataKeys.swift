import AWSClient
package import Diagnostics
package import EncryptedFile
package import Secrets

/// Data keys that keys of AWS KMS wrapped.
package struct KMSDataKeys: DataKeyService {
    private let session: AWSSession

    /// Keys that a session may use.
    package init(_ session: AWSSession) { self.session = session }

    /// Has KMS unwrap a data key; a file that wants another role to be taken on first is refused.
    package func dataKey(in wrapping: WrappedDataKey) async throws(Diagnostic) -> SecretBytes? {
        guard case .kms(let wrapping) = wrapping else { return nil }
        guard wrapping.role == nil else {
            throw Diagnostic(
                .encryptedFileLocked, "`\(wrapping.key)` is to be used with another role, which a file must not choose",
                [.help("rekey it without a role: inject secrets rekey --recipient \(wrapping.key)")]
            )
        }
        let connection = try Self.connection(of: wrapping.key, session.connection)
        let credentials = try await session.credentials.credentials()
        do throws(AWSError) {
            return try await KeyManagementService(connection).decrypt(
                wrapping.ciphertext,
                key: wrapping.key,
                context: wrapping.context,
                signedBy: credentials
            )
        } catch {
            throw error.diagnostic(of: "the data key of `\(wrapping.key)`", in: connection.settings.region)
        }
    }

    /// Has KMS wrap a data key; the context has to be the same when it is unwrapped.
    package func wrap(
        _ dataKey: SecretBytes,
        with key: String,
        context: [(name: String, value: String)] = []
    ) async throws(Diagnostic) -> WrappedDataKey {
        let connection = try Self.connection(of: key, session.connection)
        let credentials = try await session.credentials.credentials()
        do throws(AWSError) {
            let service = KeyManagementService(connection)
            let blob = try await service.encrypt(dataKey, key: key, context: context, signedBy: credentials)
            return .kms(KMSWrapping(key: key, ciphertext: blob.withExposedBytes { Array($0) }, context: context))
        } catch {
            throw error.diagnostic(of: "the key `\(key)`", in: connection.settings.region)
        }
    }

    /// Whether a text could be a key's ARN: `arn:PARTITION:kms:REGION:ACCOUNT:key/ID`, or `alias/NAME`.
    package static func isKey(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0] == "arn" && parts[2] == "kms" && !parts[3].isEmpty
            && (parts[5].hasPrefix("key/") || parts[5].hasPrefix("alias/"))
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }
    }

    private static func connection(of key: String, _ other: AWSConnection) throws(Diagnostic) -> AWSConnection {
        guard isKey(key) else {
            throw Diagnostic(
                .encryptedFileRefused, "`\(key.printable(limit: 200))` is no ARN of a KMS key",
                [.help("write it as `arn:aws:kms:REGION:ACCOUNT:key/ID`")]
            )
        }
        return try other.inRegion(String(key.split(separator: ":")[3]))
    }
}
