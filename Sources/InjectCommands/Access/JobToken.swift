internal import Diagnostics
internal import HTTPTransport
internal import OIDC
internal import Policy
internal import TokenExchange

/// Gets the job's token and verifies it against the issuer that the policy trusts, or against this machine's own.
struct JobToken {
    let options: TokenOptions
    let policy: PolicyFile
    let surroundings: Surroundings
    let deadline: Deadline
    private let localIssuer = SharedLocalIssuer()

    /// The verified token for an environment, or for whichever the token may read where none is named.
    func verified(for environment: PolicyEnvironment?) throws -> JobIdentity {
        try Blocking.wait("getting the job's token", until: deadline, for: request(for: environment))
    }

    /// The token for the environment that the first one led to, whose broker takes none that is for somebody else.
    func verified(for environment: PolicyEnvironment, after first: JobIdentity) throws -> JobIdentity {
        let isForIt = first.audience.utf8.elementsEqual(audience(for: environment).utf8)
        guard case .broker = environment.exchange, !isForIt, try options.givenSource(surroundings.environment) == nil,
            first.token.issuer != IssuerConfiguration.localIssuer
        else { return first }
        return try verified(for: environment)
    }

    /// Gets and verifies one more token, or returns nil where the only token is one that was given.
    func renewal(for environment: PolicyEnvironment) throws -> @Sendable () async throws -> JobIdentity? {
        guard try options.givenSource(surroundings.environment) == nil else { return { nil } }
        return try request(for: environment)
    }

    private func request(for environment: PolicyEnvironment?) throws -> @Sendable () async throws -> JobIdentity {
        try CryptoRequirement.requireLibrary()
        let audience = audience(for: environment)
        let trustsLoopback = try options.trustsLocalIssuer(surroundings.environment) || environment?.isLocal == true
        let http = CurlClient(HTTPConfiguration.make(surroundings.environment))
        let source = try source(for: environment, http: http, trustsLoopback: trustsLoopback)
        let issuer = policy.issuer.configuration
        let cache = JWKSCache(issuer, http: http, trustsLoopback: trustsLoopback, now: Surroundings.clock)
        let given = try options.keySet(surroundings.environment)
        let isRemote = given == nil && source is GitHubTokenSource
        if source is GitHubTokenSource { try HTTPConfiguration.requireLibrary() }
        let local = localIssuer
        return {
            // The keys are needed right after the token, and who has them does not depend on it.
            if isRemote { Task { _ = try? await cache.keys() } }
            let token = try await source.token(audience: audience)
            let verifier = try Self.verifier(of: token, issuer, keys: given ?? cache, local)
            let verified = try await verifier.verify(token, audience: audience)
            return JobIdentity(token: verified, audience: audience, credential: token.bytes)
        }
    }

    /// Whether no token is given and no CI offers one, so that only the local issuer is left.
    var isOfThisMachine: Bool {
        get throws(Diagnostic) {
            let isInActions = surroundings.environment["GITHUB_ACTIONS"] == "true"
            guard !isInActions else { return false }
            return try options.givenSource(surroundings.environment) == nil
        }
    }

    /// What the token must be for: what the exchange demands, and `inject` where there is none.
    private func audience(for environment: PolicyEnvironment?) -> String {
        if let audience = options.audience ?? surroundings.environment["INJECT_AUDIENCE"] { return audience }
        return switch environment?.exchange {
        case .aws: "sts.amazonaws.com"
        case .broker(let url): environment?.audience ?? url
        case nil: "inject"
        }
    }

    private func source(
        for environment: PolicyEnvironment?,
        http: any HTTPClient,
        trustsLoopback: Bool
    ) throws(Diagnostic) -> any TokenSource {
        if let given = try options.givenSource(surroundings.environment) { return given }
        let isLocal = try isOfThisMachine && environment?.isLocal == true
        guard options.claims.isEmpty, !isLocal else { return try localSource() }
        let console = surroundings.console
        return GitHubTokenSource(http: http, trustsLoopback: trustsLoopback) { retry in
            console.remark("inject: \(retry.text)\n")
        }
    }

    /// A token of this machine: what a newcomer has, and what answers questions about tokens that do not exist yet.
    private func localSource() throws(Diagnostic) -> any TokenSource {
        let claims = try ClaimArguments.parse(options.claims)
        let now = surroundings.now
        let model = claims + policy.localClaims(except: claims)
        return LocalTokenSource(issuer: localIssuer) { audience throws(Diagnostic) in
            try FakeClaims(model, audience: audience, now: now)
        }
    }

    /// The local issuer's tokens say so themselves; which keys verify them is still ours to say.
    private static func verifier(
        of token: UnverifiedToken,
        _ issuer: IssuerConfiguration,
        keys: any KeySource,
        _ local: SharedLocalIssuer
    ) throws(Diagnostic) -> TokenVerifier {
        guard token.claimedIssuer?.elementsEqual(IssuerConfiguration.localIssuer.utf8) == true else {
            return TokenVerifier(issuer: issuer, keys: keys, now: Surroundings.clock)
        }
        return TokenVerifier(issuer: .local, keys: try local.issuer().keySource(), now: Surroundings.clock)
    }
}

extension PolicyIssuer {
    /// How tokens of the policy's issuer are verified.
    var configuration: IssuerConfiguration {
        switch self {
        case .github: .github
        case .gitlab: .gitlab()
        case .url(let url): .named(url)
        }
    }
}

extension PolicyFile {
    /// What a token of this repository on this machine would say.
    func localClaims(except given: [(name: String, value: String)]) -> [(name: String, value: String)] {
        var claims = implied.compactMap { condition in
            condition.patterns.first.map { (name: condition.claim, value: $0.glob.text) }
        }
        claims.append((name: "event_name", value: "local"))
        return claims.filter { claim in !given.contains { $0.name.utf8.elementsEqual(claim.name.utf8) } }
    }
}
