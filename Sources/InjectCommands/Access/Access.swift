internal import Diagnostics
internal import OIDC
internal import Policy
internal import Secrets
internal import TokenExchange

/// What one verified token may read in one environment.
struct Access {
    let source: PolicySource
    let environment: PolicyEnvironment
    let identity: JobIdentity
    private(set) var granted: [GrantedSecret]
    private(set) var denied: [Decision]
    /// What opens AWS's stores, where the environment has an exchange with it.
    let aws: AWSAccess?
    /// The environment's broker, which has the secrets.
    let broker: BrokerAccess?
    /// By when the secrets have to be there.
    let deadline: Deadline
    /// Gets one more token, where there can be one.
    let renew: @Sendable () async throws -> JobIdentity?
}

extension Access {
    /// Leaves these of the granted secrets, and says nothing of the others.
    mutating func narrow(to wanted: [GrantedSecret]) { (granted, denied) = (wanted, []) }

    /// Verifies the job's token and asks the policy about every secret of the environment.
    ///
    /// Nothing is fetched, so a token of the local issuer may ask about any environment; with `opensStores`, connections
    /// for the fetching are opened in the meantime.
    static func decide(
        _ policyOptions: PolicyOptions,
        _ tokenOptions: TokenOptions,
        in surroundings: Surroundings,
        opensStores: Bool = false
    ) throws -> Access {
        let source = try PolicySource.load(policyOptions.givenPath(surroundings.environment))
        let name = policyOptions.environmentName(surroundings.environment)
        let deadline = try Deadline(option: tokenOptions.deadline, surroundings.environment)
        let tokens = JobToken(
            options: tokenOptions,
            policy: source.policy,
            surroundings: surroundings,
            deadline: deadline
        )
        let assumed = try tokens.isOfThisMachine ? source.onlyLocalEnvironment : nil
        let named = try name.map { name throws(Diagnostic) in try source.environment(named: name) } ?? assumed
        let likely = named ?? source.onlyEnvironment
        let early = opensStores ? try likely.flatMap { try AWSAccess($0, in: surroundings) } : nil
        let likelyBroker = opensStores ? try likely.flatMap { try BrokerAccess($0, in: surroundings) } : nil
        let first = try tokens.verified(for: likely)
        let claims = ClaimSet(first.token)
        let now = surroundings.now
        let index = PolicyIndex(source.policy)
        let environment = try named ?? source.environment(readableWith: claims, by: index, at: now)
        let identity = try tokens.verified(for: environment, after: first)
        var granted: [GrantedSecret] = []
        var denied: [Decision] = []
        for secret in environment.secrets {
            let name = secret.name.text
            let outcome = index.outcome(environment: environment.name, secret: name, claims: claims, at: now)
            if case .allow(let grant) = outcome {
                granted.append(GrantedSecret(secret: secret, grant: grant))
            } else {
                denied.append(
                    source.policy.decide(environment: environment.name, secret: name, claims: claims, at: now))
            }
        }
        return Access(
            source: source,
            environment: environment,
            identity: identity,
            granted: granted,
            denied: denied,
            aws: opensStores ? try early ?? AWSAccess(environment, in: surroundings) : nil,
            broker: opensStores ? try likelyBroker ?? BrokerAccess(environment, in: surroundings) : nil,
            deadline: deadline,
            renew: try tokens.renewal(for: environment)
        )
    }
}
