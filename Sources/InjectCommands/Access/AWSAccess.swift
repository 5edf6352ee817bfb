internal import AWSClient
internal import Diagnostics
internal import HTTPTransport
internal import Policy
internal import SecretStores
internal import Secrets
internal import TokenExchange

/// What opens AWS's stores for an environment: the job's token, or, where it is local, what the developer has.
struct AWSAccess: Sendable {
    /// The role that the token is exchanged for; nil for a local environment.
    let role: String?
    /// What is done before a secret is asked for, for whoever waits in vain.
    var work: String { role == nil ? "getting AWS credentials" : "exchanging the job's token with AWS" }
    private let connection: AWSConnection
    private let chain: CredentialChain

    private static let mostConnections = 4

    /// Starts to connect to everybody who will be asked, or returns nil where AWS holds none of the secrets.
    ///
    /// This is done before the job has its token: by the time it does, names are resolved and TLS is set up.
    init?(_ environment: PolicyEnvironment, in surroundings: Surroundings) throws(Diagnostic) {
        let references = Set(environment.secrets.map(\.reference))
        let secrets = references.count { $0.awsService == .secretsManager }
        let parameters = references.count { $0.awsService == .ssm }
        let hasFiles = references.contains { $0.encryptedFile != nil }
        if case .broker = environment.exchange { return nil }
        guard secrets + parameters > 0 || hasFiles else { return nil }
        try HTTPConfiguration.requireLibrary()
        let http = EagerClient(HTTPConfiguration.aws(surroundings.environment))
        let outside = surroundings.aws
        let personal = surroundings.personal(http)
        let region: String
        switch environment.exchange {
        case .aws(let role, let home): (self.role, region) = (role, home)
        case nil where environment.isLocal:
            // A key of KMS names its own region.
            let isAsked = secrets + parameters > 0
            (role, region) = (nil, isAsked ? try Self.region(personal) : "us-east-1")
        case .broker, nil: return nil
        }
        let settings = try AWSSettings(region: region, environment: .process)
        connection = AWSConnection(settings, http: http, surroundings: outside)
        chain = CredentialChain(personal)
        try open(http, settings, secrets, parameters)
    }

    private static func region(_ personal: CredentialSurroundings) throws(Diagnostic) -> String {
        if let region = try CredentialChain.region(personal) { return region }
        throw Diagnostic(
            .awsRegionMissing, "there is no region to ask AWS in",
            [.help("set `AWS_REGION`, or `region` in the profile of `AWS_PROFILE`")]
        )
    }

    private func open(
        _ http: EagerClient,
        _ settings: AWSSettings,
        _ secrets: Int,
        _ parameters: Int
    ) throws(Diagnostic) {
        // About so many ARNs fit into a session's policy.
        let sessions = role == nil ? 0 : Self.quotient(secrets + parameters, SecretsManager.batchLimit)
        let counts = [
            (AWSService.sts, sessions), (.secretsManager, Self.quotient(secrets, SecretsManager.batchLimit)),
            (.ssm, Self.quotient(parameters, ParameterStoreService.batchLimit)),
        ]
        for (service, count) in counts {
            http.open(try settings.endpoint(of: service).url, count: min(count, Self.mostConnections))
        }
    }

    private static func quotient(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size }

    /// A session of AWS and what it opens.
    struct Opened: Sendable {
        let references: Set<SecretReference>
        let opensKeys: Bool
        let session: AWSSession

        /// The stores, and nothing else of them than was granted.
        var stores: [any SecretStore] {
            [
                PartialStore(SecretsManagerStore(session), holding: references),
                PartialStore(ParameterStore(session), holding: references),
            ]
        }
    }

    /// Sessions that read secrets and unwrap the data keys of encrypted files; by an exchange, nothing else.
    func sessions(
        for secrets: [GrantedSecret],
        keys: [String],
        of access: Access
    ) async throws -> [Opened] {
        try await sessions(for: .fetching, of: secrets, keys, access)
    }

    /// Inspections that see whether secrets are there; by an exchange, they cannot read them.
    func inspections(of secrets: [GrantedSecret], for access: Access) async throws -> [AWSInspection] {
        try await sessions(for: .describing, of: secrets, [], access).map {
            AWSInspection($0.session, of: $0.references)
        }
    }

    /// The credentials themselves, for other programs.
    func credentials(for secrets: [GrantedSecret], of access: Access) async throws -> AWSCredentials {
        guard let role else { return try await chain.credentials() }
        let sessions = try await exchange(role, access).sessions(of: secrets, as: access.identity)
        guard let session = sessions.first else {
            throw Diagnostic(
                .exchangeUnsupported, "AWS holds none of these secrets, so there is nothing to take a session for",
                [.help("name others with `--only NAME,…`, or another environment")]
            )
        }
        guard sessions.count == 1 else {
            throw Diagnostic(
                .sessionsSeveral, "AWS takes no session that may read all of the \(secrets.count) secrets",
                [.help("name those that are needed: `--only NAME,…`")]
            )
        }
        return session.credentials
    }

    private func sessions(
        for purpose: SessionPolicy.Purpose,
        of secrets: [GrantedSecret],
        _ keys: [String],
        _ access: Access
    ) async throws -> [Opened] {
        guard let role else {
            let own = secrets.filter { $0.secret.reference.awsService != nil }
            guard !own.isEmpty || !keys.isEmpty else { return [] }
            // Asked here, so that there being none is said once and not for each secret. A file may have another recipient.
            if !own.isEmpty { _ = try await chain.credentials() }
            let session = AWSSession(connection: connection, credentials: chain)
            return [Opened(references: Set(own.map(\.secret.reference)), opensKeys: !keys.isEmpty, session: session)]
        }
        let exchange = try exchange(role, access)
        return try await exchange.sessions(for: purpose, of: secrets, keys: keys, as: access.identity).map { scoped in
            Opened(
                references: Set(scoped.secrets.map(\.secret.reference)),
                opensKeys: !scoped.keys.isEmpty,
                session: AWSSession(connection: connection, credentials: StaticCredentials(scoped.credentials))
            )
        }
    }

    private func exchange(_ role: String, _ access: Access) throws(Diagnostic) -> AWSExchange {
        try AWSExchange(role: role, connection: connection, policy: access.source.policy, renew: access.renew)
    }
}

extension SecretReference {
    /// The encrypted file that holds it, or nil for what no such file holds.
    var encryptedFile: String? {
        guard case .encrypted(let file, _) = self else { return nil }
        return file
    }

    /// The service of AWS that holds it, or nil for what AWS does not hold.
    var awsService: AWSService? {
        switch self {
        case .secretsManager: .secretsManager
        case .parameterStore: .ssm
        case .dotenv, .file, .encrypted: nil
        }
    }
}

extension Diagnostic.ID {
    /// Nothing says in which region AWS is asked.
    static let awsRegionMissing = Diagnostic.ID("aws-region-missing")
    /// Secrets need several sessions where one is wanted.
    static let sessionsSeveral = Diagnostic.ID("sessions-several")
}
