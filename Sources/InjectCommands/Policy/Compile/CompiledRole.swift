internal import AWSClient
internal import Diagnostics
internal import Policy
internal import PolicyAnalysis
internal import Secrets
internal import StrictJSON
internal import TokenExchange

/// A role of AWS that an environment needs: whom it trusts and what it may read.
struct CompiledRole {
    let environment: PolicyEnvironment
    let role: RoleARN
    let region: String
    let trust: JSONWriter
    let permissions: JSONWriter?
    /// The ids of the trust's statements.
    let statementIDs: [String]
    /// The secrets that its grants read.
    let granted: [SecretEntry]
    /// The environment's secrets that AWS holds.
    let resources: [Resource]

    /// A secret with the resource that it is in.
    typealias Resource = (secret: SecretEntry, arn: String)

    /// Compiles an environment with an exchange with AWS; nil for any other.
    init?(_ environment: PolicyEnvironment, of policy: PolicyFile) throws(Diagnostic) {
        guard case .aws(let text, let region) = environment.exchange else { return nil }
        self.environment = environment
        let role = try RoleARN(text)
        try role.requirePartition(of: region)
        self.role = role
        self.region = region
        granted = environment.secrets.filter { secret in environment.grants.contains { $0.reads(secret.name) } }
        permissions = try RolePermissions.document(for: granted, role: role, region: region)
        resources = Self.resources(of: environment, role: role, region: region)
        let trust = TrustPolicy(for: environment, of: policy)
        statementIDs = trust.statements.map(Self.sid)
        self.trust = Self.trust(trust, role)
    }

    /// The secrets of an environment that AWS holds in a role's account.
    static func resources(of environment: PolicyEnvironment, role: RoleARN, region: String) -> [Resource] {
        // A name that AWS cannot hold is a fault only where a grant reads it.
        environment.secrets.compactMap { secret in
            let arn = try? RolePermissions.resource(of: secret, role: role, region: region)
            return (arn ?? nil).map { (secret, $0) }
        }
    }

    private static func trust(_ trust: TrustPolicy, _ role: RoleARN) -> JSONWriter {
        let host = String(GitHubConditionKeys.prefix.dropLast())
        let provider = "arn:\(role.partition):iam::\(role.account):oidc-provider/\(host)"
        let statements = trust.statements.map { statement in
            JSONWriter.object([
                ("Sid", .string(sid(statement))),
                ("Effect", .string(statement.isDeny ? "Deny" : "Allow")),
                ("Principal", .object([("Federated", .string(provider))])),
                ("Action", .string("sts:AssumeRoleWithWebIdentity")),
                ("Condition", TrustConditions(statement).document),
            ])
        }
        return .object([("Version", .string("2012-10-17")), ("Statement", .array(statements))])
    }

    /// Letters and digits, which is all that a statement's id can have.
    private static func sid(_ statement: TrustStatement) -> String {
        let words = statement.id.split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
        return (statement.isDeny ? "Deny" : "Grant") + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
