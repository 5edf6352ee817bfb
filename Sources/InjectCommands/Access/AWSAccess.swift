internal import AWSClient
internal import Diagnostics
internal import HTTPTransport
internal import Policy
internal import SecretStores
internal import Secrets
internal import TokenExchange

/// What opens AWS's stores for an environment: a session that the job's token is exchanged for.
struct AWSAccess: Sendable {
    /// The role that the token is exchanged for.
    let role: String
    private let connection: AWSConnection

    /// Starts to connect to everybody who will be asked, or returns nil where AWS holds none of the secrets.
    ///
    /// This is done before the job has its token: by the time it does, names are resolved and TLS is set up.
    init?(_ environment: PolicyEnvironment, in surroundings: Surroundings) throws(Diagnostic) {
        guard case .aws(let role, let region) = environment.exchange else { return nil }
        let references = Set(environment.secrets.map(\.reference))
        let secrets = references.count { $0.awsService == .secretsManager }
        let parameters = references.count { $0.awsService == .ssm }
        guard secrets + parameters > 0 else { return nil }
        let settings = try AWSSettings(region: region, environment: .process)
        let http = EagerClient(HTTPConfiguration.aws(surroundings.environment))
        let batches = [
            (AWSService.secretsManager, Self.quotient(secrets, SecretsManager.batchLimit)),
            (.ssm, Self.quotient(parameters, ParameterStoreService.batchLimit)),
        ]
        // About so many ARNs fit into a session's policy.
        let sessions = (AWSService.sts, Self.quotient(secrets + parameters, SecretsManager.batchLimit))
        for (service, count) in [sessions] + batches {
            http.open(try settings.endpoint(of: service).url, count: min(count, Self.mostConnections))
        }
        let console = surroundings.console
        let outside = AWSConnection.Surroundings(
            now: Surroundings.clock,
            onWait: { console.remark("inject: \($0.text)\n") }
        )
        self.role = role
        connection = AWSConnection(settings, http: http, surroundings: outside)
    }

    private static let mostConnections = 4

    private static func quotient(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size }

    /// The stores of AWS, opened for secrets and for nothing else.
    func stores(for secrets: [GrantedSecret], of access: Access) async throws -> [any SecretStore] {
        try await sessions(for: .fetching, of: secrets, access).flatMap { references, session -> [any SecretStore] in
            [
                PartialStore(SecretsManagerStore(session), holding: references),
                PartialStore(ParameterStore(session), holding: references),
            ]
        }
    }

    /// Inspections that see whether secrets are there, and cannot read them.
    func inspections(of secrets: [GrantedSecret], for access: Access) async throws -> [AWSInspection] {
        try await sessions(for: .describing, of: secrets, access).map { AWSInspection($1, of: $0) }
    }

    private func sessions(
        for purpose: SessionPolicy.Purpose,
        of secrets: [GrantedSecret],
        _ access: Access
    ) async throws -> [(references: Set<SecretReference>, session: AWSSession)] {
        let policy = access.source.policy
        let exchange = try AWSExchange(role: role, connection: connection, policy: policy, renew: access.renew)
        return try await exchange.sessions(for: purpose, of: secrets, as: access.identity).map { session in
            let credentials = StaticCredentials(session.credentials)
            return (
                Set(session.secrets.map(\.secret.reference)),
                AWSSession(connection: connection, credentials: credentials)
            )
        }
    }
}

extension SecretReference {
    /// The service of AWS that holds it, or nil for what AWS does not hold.
    var awsService: AWSService? {
        switch self {
        case .secretsManager: .secretsManager
        case .parameterStore: .ssm
        case .dotenv, .file, .encrypted: nil
        }
    }
}
