import AWSClient
import StrictJSON

/// What a session may do of all that its role may: read exactly these resources
/// (docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session).
///
/// The batch action of Secrets Manager cannot be limited to resources; it returns only what the other statement allows.
struct SessionPolicy: Sendable {
    /// The policy in as few characters as there can be.
    let text: String

    /// Whether AWS takes a policy of this length.
    var fits: Bool { text.utf8.count <= WebIdentityRequest.longestPolicy }

    init(reading resources: [SessionResource]) {
        let secrets = resources.filter { $0.service == .secretsManager }
        let parameters = resources.filter { $0.service == .ssm }
        var statements: [JSONWriter] = []
        if !secrets.isEmpty {
            statements.append(Self.allow("secretsmanager:GetSecretValue", on: secrets.map(\.arn)))
        }
        if secrets.count > 1 { statements.append(Self.allow("secretsmanager:BatchGetSecretValue", on: ["*"])) }
        if !parameters.isEmpty { statements.append(Self.allow("ssm:GetParameters", on: parameters.map(\.arn))) }
        statements.append(Self.allow("kms:Decrypt", on: ["*"], condition: Self.through(resources)))
        text = JSONWriter.object([("Version", .string("2012-10-17")), ("Statement", .array(statements))]).line
    }

    private static func allow(
        _ action: String,
        on resources: [String],
        condition: [(String, JSONWriter)] = []
    ) -> JSONWriter {
        .object(
            [("Effect", .string("Allow")), ("Action", .string(action)), ("Resource", texts(resources))] + condition
        )
    }

    /// Keys open only what the stores themselves decrypt for the session.
    private static func through(_ resources: [SessionResource]) -> [(String, JSONWriter)] {
        var hosts: [String] = []
        for resource in resources {
            let suffix = AWSPartition(region: resource.region).suffix
            let host = "\(resource.service.code).\(resource.region).\(suffix)"
            if !hosts.contains(host) { hosts.append(host) }
        }
        return [("Condition", .object([("StringEquals", .object([("kms:ViaService", texts(hosts))]))]))]
    }

    private static func texts(_ texts: [String]) -> JSONWriter {
        texts.count == 1 ? .string(texts[0]) : .array(texts.map(JSONWriter.string))
    }
}
