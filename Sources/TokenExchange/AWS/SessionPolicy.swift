package import AWSClient
package import Diagnostics
package import Policy
import StrictJSON

/// What a session may do of all that its role may: read exactly the granted secrets
/// (docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session).
///
/// The batch action of Secrets Manager cannot be limited to resources; it returns only what the other statement allows.
package struct SessionPolicy: Sendable {
    /// The policy in as few characters as there can be.
    package let text: String

    /// The policy for secrets, or nil where none of them is AWS's.
    ///
    /// - Throws: which grants to split, where AWS would refuse the policy for its length.
    package init?(for secrets: [GrantedSecret], role: RoleARN, region: String) throws(Diagnostic) {
        var resources: [SessionResource] = []
        var sizes = GrantSizes()
        for granted in secrets {
            let found: SessionResource?
            do throws(Diagnostic) {
                found = try SessionResource(granted.secret.reference, account: role, region: region)
            } catch {
                throw error.pointing(at: .span(granted.secret.span, label: nil))
            }
            guard let resource = found else { continue }
            let isNew = !resources.contains(resource)
            if isNew { resources.append(resource) }
            sizes.add(granted.grant.id, characters: isNew ? resource.arn.utf8.count + 3 : 0)
        }
        guard !resources.isEmpty else { return nil }
        text = Self.document(resources, region: region).line
        guard text.utf8.count <= WebIdentityRequest.longestPolicy else {
            throw sizes.diagnostic(total: text.utf8.count, limit: WebIdentityRequest.longestPolicy)
        }
    }

    private static func document(_ resources: [SessionResource], region: String) -> JSONWriter {
        let secrets = resources.filter { $0.service == .secretsManager }
        let parameters = resources.filter { $0.service == .ssm }
        var statements: [JSONWriter] = []
        if !secrets.isEmpty {
            statements.append(allow("secretsmanager:GetSecretValue", on: secrets.map(\.arn)))
        }
        if secrets.count > 1 { statements.append(allow("secretsmanager:BatchGetSecretValue", on: ["*"])) }
        if !parameters.isEmpty { statements.append(allow("ssm:GetParameters", on: parameters.map(\.arn))) }
        statements.append(allow("kms:Decrypt", on: ["*"], condition: through(resources)))
        return .object([("Version", .string("2012-10-17")), ("Statement", .array(statements))])
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
