internal import Diagnostics
internal import HTTPTransport
internal import Injection
internal import OIDC
internal import Policy
internal import Secrets
internal import TokenExchange

/// A job without a policy file: the broker has the policy, and verifies the token, too.
struct PolicylessJob {
    let broker: BrokerAccess
    /// The job's token as it came.
    let credential: SecretBytes
    /// The environment that was named.
    let environment: String?
    let deadline: Deadline

    /// Gets the job's token, or returns nil where no broker was named; with `fetches`, it connects in the meantime.
    init?(
        _ policyOptions: PolicyOptions,
        _ tokenOptions: TokenOptions,
        in surroundings: Surroundings,
        fetches: Bool = false
    ) throws {
        let variables = surroundings.environment
        guard let url = try policyOptions.givenBroker(variables) else { return nil }
        deadline = try Deadline(option: tokenOptions.deadline, variables)
        environment = policyOptions.environmentName(variables)
        let source = try Self.source(tokenOptions, surroundings)
        broker = try BrokerAccess(url: url, in: surroundings, connects: fetches)
        let audience = tokenOptions.audience ?? variables["INJECT_AUDIENCE"] ?? broker.url
        credential = try Blocking.wait("getting the job's token", until: deadline) {
            let token = try await source.token(audience: audience)
            try Self.refuseLocal(token)
            return token.bytes
        }
    }

    /// No broker can verify such a token, and none needs to see it.
    private static func refuseLocal(_ token: UnverifiedToken) throws(Diagnostic) {
        guard token.claimedIssuer?.elementsEqual(IssuerConfiguration.localIssuer.utf8) == true else { return }
        throw Diagnostic(
            .localTokenNotHonoured, "a token of this machine is not sent to a broker",
            [.help("`inject plan` and `inject explain` answer questions with such a token by a policy file")]
        )
    }

    private static func source(
        _ options: TokenOptions,
        _ surroundings: Surroundings
    ) throws(Diagnostic) -> any TokenSource {
        if let given = try options.givenSource(surroundings.environment) { return given }
        guard options.claims.isEmpty else {
            throw Diagnostic(
                .usage, "`--claim` describes a token of this machine, and a broker decides about the job's own",
                [.help("leave out `--claim`, or the broker (`--broker` or INJECT_BROKER)")]
            )
        }
        let console = surroundings.console
        return GitHubTokenSource(
            http: CurlClient(HTTPConfiguration.make(surroundings.environment)),
            trustsLoopback: try options.trustsLocalIssuer(surroundings.environment)
        ) { console.remark("inject: \($0.text)\n") }
    }

    /// The named secrets, or all that are granted in one environment, delivered as the broker says.
    func fetched(named names: [String]?) throws -> FetchedSecrets {
        // To the broker, an empty scope is everything.
        guard names?.isEmpty != true else { throw NamedSecrets.none }
        let environment = environment
        let scope = try names.map { try $0.map(path) } ?? []
        let harvest = try broker.fetch(credential, scope, in: environment, until: deadline) { granted in
            try Self.paths(of: granted, in: environment)
        }
        let secrets = harvest.secrets.map {
            InjectedSecret(name: $0.path.name, value: $0.value, delivery: $0.delivery)
        }
        return FetchedSecrets(secrets: secrets, brokerToken: harvest.token.credential)
    }

    /// What the broker decides about these secrets or, of the named environment, about all.
    func decisions(about names: [String] = []) throws -> [BrokerDecision] {
        let paths = try names.map(path)
        let decisions = try broker.decisions(about: paths, for: credential, until: deadline)
        guard paths.isEmpty, let environment else { return decisions }
        return decisions.filter { $0.path.environment.utf8.elementsEqual(environment.utf8) }
    }

    /// `ENVIRONMENT/NAME`, or a name of the named environment.
    private func path(_ name: String) throws(Diagnostic) -> SecretPath {
        let text = name.utf8.contains(UInt8(ascii: "/")) ? name : environment.map { "\($0)/\(name)" }
        guard let text else {
            throw Diagnostic(
                .usage, "`\(name)` could be in any environment", [.help("name one with `--environment`")])
        }
        guard let path = SecretPath(text) else {
            throw Diagnostic(.usage, "`\(text)` is no name of a secret", [.help("write it as ENVIRONMENT/NAME")])
        }
        return path
    }

    private static func paths(of granted: [SecretPath], in environment: String?) throws(Diagnostic) -> [SecretPath] {
        let names = granted.map(\.environment).reduce(into: [String]()) { names, name in
            if !names.contains(name) { names.append(name) }
        }
        let list = names.map { "`\($0)`" }.joined(separator: ", ")
        guard let name = environment ?? (names.count == 1 ? names.first : nil) else {
            throw Diagnostic(
                .environmentAmbiguous,
                "the token may read \(list), and a command gets the secrets of one",
                [.help("name it: `--environment \(names.first ?? "NAME")`")]
            )
        }
        let own = granted.filter { $0.environment.utf8.elementsEqual(name.utf8) }
        guard own.isEmpty else { return own }
        throw Diagnostic(
            .nothingGranted, "the broker lets this job read no secret of `\(name)`",
            [.note("it may read secrets of \(list)"), .help("`inject explain` asks the broker why")]
        )
    }
}
