import AWSClient
import StrictJSON

/// What a session may do of all that its role may: read exactly these resources
/// (docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session).
package struct SessionPolicy: Sendable {
    /// What a session is for.
    package enum Purpose: Sendable {
        /// Reading values.
        case fetching
        /// Looking whether the secrets are there; no value can be read.
        case describing
    }

    /// The policy in as few characters as there can be.
    let text: String

    /// Whether AWS takes a policy of this length.
    var fits: Bool { text.utf8.count <= WebIdentityRequest.longestPolicy }

    init(for purpose: Purpose, of resources: [SessionResource]) {
        text = Self.document(purpose, of: resources).line
    }

    /// The policy as a document.
    static func document(_ purpose: Purpose, of resources: [SessionResource]) -> JSONWriter {
        let arns = { (service: AWSService) in resources.filter { $0.service == service }.map(\.arn) }
        let (secrets, parameters) = (arns(.secretsManager), arns(.ssm))
        let statements =
            switch purpose {
            case .fetching: fetching(secrets, parameters) + decrypting(arns(.kms), resources)
            case .describing: describing(secrets, parameters)
            }
        return .object([("Version", .string("2012-10-17")), ("Statement", .array(statements))])
    }

    /// The batch action cannot be limited to resources; it returns only what the other statement allows.
    private static func fetching(_ secrets: [String], _ parameters: [String]) -> [JSONWriter] {
        var statements: [JSONWriter] = []
        if !secrets.isEmpty { statements.append(allow("secretsmanager:GetSecretValue", on: secrets)) }
        if secrets.count > 1 { statements.append(allow("secretsmanager:BatchGetSecretValue", on: ["*"])) }
        if !parameters.isEmpty { statements.append(allow("ssm:GetParameters", on: parameters)) }
        return statements
    }

    /// Describing parameters cannot be limited to resources either.
    private static func describing(_ secrets: [String], _ parameters: [String]) -> [JSONWriter] {
        var statements: [JSONWriter] = []
        if !secrets.isEmpty { statements.append(allow("secretsmanager:DescribeSecret", on: secrets)) }
        if !parameters.isEmpty { statements.append(allow("ssm:DescribeParameters", on: ["*"])) }
        return statements
    }

    /// Keys of encrypted files are named; others open only what the stores themselves decrypt for the session.
    private static func decrypting(_ keys: [String], _ resources: [SessionResource]) -> [JSONWriter] {
        var places: [(service: AWSService, region: String)] = []
        for resource in resources where resource.service != .kms {
            let isKnown = places.contains { $0.service == resource.service && $0.region == resource.region }
            if !isKnown { places.append((resource.service, resource.region)) }
        }
        let hosts = places.map { "\($0.service.code).\($0.region).\(AWSPartition(region: $0.region).suffix)" }
        let condition = JSONWriter.object([("StringEquals", .object([("kms:ViaService", texts(hosts))]))])
        return (keys.isEmpty ? [] : [allow("kms:Decrypt", on: keys)])
            + (hosts.isEmpty ? [] : [allow("kms:Decrypt", on: ["*"], [("Condition", condition)])])
    }

    private static func allow(
        _ action: String,
        on resources: [String],
        _ more: [(String, JSONWriter)] = []
    ) -> JSONWriter {
        .object([("Effect", .string("Allow")), ("Action", .string(action)), ("Resource", texts(resources))] + more)
    }

    private static func texts(_ texts: [String]) -> JSONWriter {
        texts.count == 1 ? .string(texts[0]) : .array(texts.map(JSONWriter.string))
    }
}
