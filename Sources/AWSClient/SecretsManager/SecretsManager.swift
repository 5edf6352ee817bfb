import HTTPTransport
package import Secrets
import StrictJSON

/// Secrets Manager (docs.aws.amazon.com/secretsmanager/latest/apireference).
package struct SecretsManager: Sendable {
    /// How many secrets one batch may ask for.
    package static let batchLimit = 20

    private let connection: AWSConnection

    /// The service of the connection's region.
    package init(_ connection: AWSConnection) { self.connection = connection }

    /// The current version of up to 20 secrets; each of `ids` has an entry: a value, why there is none, or nil.
    ///
    /// Nil says that the answer does not mention the secret, because it stopped short of it. Throws where there is no answer for all of them: the batch was refused, or asked too often, which is not tried again.
    package func batch(
        _ ids: [String],
        signedBy credentials: AWSCredentials
    ) async throws(AWSError) -> [Result<VersionedValue, AWSError>?] {
        var call = AWSCall.json(
            .secretsManager, "BatchGetSecretValue",
            target: "secretsmanager",
            body: .bytes(JSONWriter.object([("SecretIdList", .array(ids.map(JSONWriter.string)))]).bytes)
        )
        call.retriesThrottling = false
        let json = try await connection.json(call, signedBy: credentials)
        let answer = BatchAnswer(json, call: call)
        return ids.map(answer.result)
    }

    /// One version of a secret; the current one without a version.
    package func value(
        of id: String,
        version: SecretVersion?,
        signedBy credentials: AWSCredentials
    ) async throws(AWSError) -> VersionedValue {
        var members: [(String, JSONWriter)] = [("SecretId", .string(id))]
        switch version {
        case .stage(let stage): members.append(("VersionStage", .string(stage)))
        case .id(let version): members.append(("VersionId", .string(version)))
        case nil: break
        }
        let call = AWSCall.json(
            .secretsManager, "GetSecretValue",
            target: "secretsmanager",
            body: .bytes(JSONWriter.object(members).bytes)
        )
        let json = try await connection.json(call, signedBy: credentials)
        return try SecretValue.read(json.root, in: json, of: call)
    }

    /// What is known of a secret without its value.
    package func describe(
        _ id: String,
        signedBy credentials: AWSCredentials
    ) async throws(AWSError) -> SecretDescription {
        let call = AWSCall.json(
            .secretsManager, "DescribeSecret",
            target: "secretsmanager",
            body: .bytes(JSONWriter.object([("SecretId", .string(id))]).bytes)
        )
        let json = try await connection.json(call, signedBy: credentials)
        return try SecretDescription(json, call: call)
    }
}
