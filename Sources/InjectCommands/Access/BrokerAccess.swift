internal import Diagnostics
internal import HTTPTransport
internal import Injection
internal import Policy
internal import Secrets
internal import TokenExchange

/// A broker, and what is asked of it with the job's token.
struct BrokerAccess: Sendable {
    private let client: BrokerClient
    private let console: Console

    /// The broker's URL.
    var url: String { client.address.url }

    /// A broker by its URL; with `connects`, a connection is opened at once, while the job has no token yet.
    init(url: String, in surroundings: Surroundings, connects: Bool = false) throws(Diagnostic) {
        try HTTPConfiguration.requireLibrary()
        let console = surroundings.console
        let http = EagerClient(try HTTPConfiguration.broker(surroundings.environment))
        client = BrokerClient(
            try BrokerAddress(url),
            http: http,
            surroundings: BrokerClient.Surroundings { console.remark("inject: \($0.text)\n") }
        )
        self.console = console
        if connects { http.open(client.tokenEndpoint) }
    }

    /// The broker of an environment, which is connected to; nil where it has none.
    init?(_ environment: PolicyEnvironment, in surroundings: Surroundings) throws(Diagnostic) {
        guard case .broker(let url) = environment.exchange else { return nil }
        try self.init(url: url, in: surroundings, connects: true)
    }

    /// The wanted secrets, delivered as the policy file here says.
    func fetched(_ wanted: [GrantedSecret], of access: Access) throws -> FetchedSecrets {
        guard !wanted.isEmpty else { return FetchedSecrets(secrets: []) }
        let scope = try access.environment.paths(of: wanted.map(\.secret.name))
        let harvest = try fetch(access.identity.credential, scope, until: access.deadline) { $0 }
        let secrets = zip(wanted, harvest.secrets).map { granted, found in
            InjectedSecret(name: granted.secret.name, value: found.value, delivery: granted.secret.delivery)
        }
        return FetchedSecrets(secrets: secrets, brokerToken: harvest.token.credential)
    }

    /// Exchanges, fetches and revokes; without a scope, `choose` says which of the granted secrets are fetched.
    func fetch(
        _ credential: SecretBytes,
        _ scope: [SecretPath],
        in environment: String? = nil,
        until deadline: Deadline,
        choosing choose: @escaping @Sendable ([SecretPath]) throws -> [SecretPath]
    ) throws -> BrokerSession.Harvest {
        let (client, console) = (client, console)
        return try Blocking.waitUndoing("getting the secrets from the broker", until: deadline) {
            let session = BrokerSession(client) { console.report($0) }
            // The order of the scope is the broker's; the secrets come in that of the question.
            return try await session.fetch(with: credential, scope: scope, in: environment) { granted in
                scope.isEmpty ? try choose(granted) : scope
            }
        }
    }

    /// What the broker decides about secrets, or about all that the token may know of.
    func decisions(
        about paths: [SecretPath],
        for credential: SecretBytes,
        until deadline: Deadline
    ) throws -> [BrokerDecision] {
        let client = client
        return try Blocking.wait("asking the broker", until: deadline) {
            try await client.decisions(about: paths, for: credential)
        }
    }

    /// Throws where the broker is not ready, or not the one it is taken for.
    func check(until deadline: Deadline) throws {
        let client = client
        try Blocking.wait("asking the broker", until: deadline) {
            try await client.checkReadiness()
            try await client.checkMetadata()
        }
    }
}

extension PolicyEnvironment {
    /// Secrets of the environment as a broker calls them.
    func paths(of names: [SecretName]) throws(Diagnostic) -> [SecretPath] {
        let paths = names.compactMap { SecretPath(environment: name, name: $0) }
        guard paths.count == names.count else {
            throw Diagnostic(.usage, "no broker knows an environment `\(name)`", [.help("give it a plain name")])
        }
        return paths
    }
}
