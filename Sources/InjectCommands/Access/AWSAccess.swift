internal import AWSClient
internal import Diagnostics
internal import HTTPTransport
internal import Policy
internal import SecretStores
internal import Secrets
internal import TokenExchange

/// What opens AWS's stores for an environment: a session that the job's token was exchanged for.
struct AWSAccess: Sendable {
    let access: Access
    let surroundings: Surroundings

    /// The session for secrets, or nil where AWS holds none of them.
    func session(for secrets: [GrantedSecret]) async throws -> AWSSession? {
        guard case .aws(let role, let region) = access.environment.exchange,
            secrets.contains(where: { $0.secret.reference.isAtAWS })
        else { return nil }
        let connection = try connection(region: region)
        let policy = access.source.policy
        let exchange = try AWSExchange(role: role, connection: connection, policy: policy, renew: access.renew)
        guard let credentials = try await exchange.session(for: secrets, as: access.identity) else { return nil }
        return AWSSession(connection: connection, credentials: StaticCredentials(credentials))
    }

    private func connection(region: String) throws(Diagnostic) -> AWSConnection {
        let console = surroundings.console
        let settings = try AWSSettings(region: region, environment: .process)
        let http = CurlClient(HTTPConfiguration.aws(surroundings.environment))
        let outside = AWSConnection.Surroundings(now: Surroundings.clock) { wait in
            console.remark("inject: \(wait.text)\n")
        }
        return AWSConnection(settings, http: http, surroundings: outside)
    }
}

extension SecretReference {
    /// Whether a store of AWS holds it.
    var isAtAWS: Bool {
        switch self {
        case .secretsManager, .parameterStore: true
        case .dotenv, .file, .encrypted: false
        }
    }
}
