import HTTPTransport
package import Secrets
import StrictJSON

/// KMS (docs.aws.amazon.com/kms/latest/APIReference): wraps data keys and opens them again.
package struct KeyManagementService: Sendable {
    private let connection: AWSConnection

    /// The service of the connection's region.
    package init(_ connection: AWSConnection) { self.connection = connection }

    /// Wraps up to 4,096 bytes under a key.
    ///
    /// The context is no secret, stands in AWS's logs, and has to be the same to the letter when the bytes are unwrapped.
    package func encrypt(
        _ plaintext: SecretBytes,
        key: String,
        context: [(name: String, value: String)] = [],
        signedBy credentials: AWSCredentials
    ) async throws(AWSError) -> SecretBytes {
        let body = plaintext.withExposedBytes { bytes in
            try? Self.body(key, context, blobName: "Plaintext", blob: bytes)
        }
        return try await blob("CiphertextBlob", of: "Encrypt", body, credentials)
    }

    /// Unwraps what a key wrapped; another key is refused.
    package func decrypt(
        _ ciphertext: [UInt8],
        key: String,
        context: [(name: String, value: String)] = [],
        signedBy credentials: AWSCredentials
    ) async throws(AWSError) -> SecretBytes {
        let body = ciphertext.withUnsafeBytes { bytes in
            try? Self.body(key, context, blobName: "CiphertextBlob", blob: bytes)
        }
        return try await blob("Plaintext", of: "Decrypt", body, credentials)
    }

    /// Sends a body with one blob and returns the blob of the answer.
    private func blob(
        _ name: String,
        of operation: String,
        _ body: SecretBytes?,
        _ credentials: AWSCredentials
    ) async throws(AWSError) -> SecretBytes {
        guard let body else {
            throw AWSError(.unsendable, .kms, operation, message: "there is no memory for the request")
        }
        let call = AWSCall.json(.kms, operation, target: "TrentService", body: .secret(body))
        let json = try await connection.json(call, signedBy: credentials)
        guard let text = json.root.object?[name]?.string, let encoded = try? json.secret(text),
            let blob = try? Base64.decode(encoded), !blob.isEmpty
        else {
            throw AWSError(.unreadable(status: 200), .kms, operation, message: "no `\(name)`")
        }
        return blob
    }

    private static func body(
        _ key: String,
        _ context: [(name: String, value: String)],
        blobName: String,
        blob: UnsafeRawBufferPointer
    ) throws(SecretMemoryError) -> SecretBytes {
        var members: [(String, JSONWriter)] = [("KeyId", .string(key))]
        if !context.isEmpty {
            members.append(("EncryptionContext", .object(context.map { ($0.name, .string($0.value)) })))
        }
        var body = try SecretBuffer(capacity: 1024 + blob.count * 2)
        try body.append(JSONWriter.object(members).line)
        body.truncate(to: body.count - 1)
        try body.append(",\"\(blobName)\":\"")
        try Base64.append(blob, to: &body)
        try body.append("\"}")
        return body.finish()
    }
}
