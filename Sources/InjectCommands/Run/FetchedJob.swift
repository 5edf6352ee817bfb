internal import Injection
internal import LogMasking
internal import Policy
internal import Secrets
internal import TokenExchange

/// What a job is handed, and what must not be seen of it.
struct FetchedJob {
    let secrets: [InjectedSecret]
    let masked: [MaskedValue]
    /// Variables that hold the keys of what was fetched, and are not the command's.
    let keyVariables: [String]

    /// Decides and fetches, and notes in the report what was decided.
    ///
    /// Connections end with it: the command is not run with any of them open.
    init(
        _ policyOptions: PolicyOptions,
        _ tokenOptions: TokenOptions,
        _ storeOptions: StoreOptions,
        names: [String]?,
        in surroundings: Surroundings,
        _ report: inout RunReport
    ) throws {
        if let job = try PolicylessJob(policyOptions, tokenOptions, in: surroundings, fetches: true) {
            let fetched = try job.fetched(named: names)
            report.record(fetched, of: job.environment)
            self.init(fetched, credential: job.credential)
            return
        }
        let access = try Access.decide(policyOptions, tokenOptions, in: surroundings, opensStores: true)
        report.record(access)
        let wanted = try SecretSelection(access: access).granted(named: names)
        report.record(access, wanted, at: surroundings.now)
        let fetch = SecretFetch(access: access, dialect: try storeOptions.dialect(surroundings.environment))
        self.init(
            try fetch.fetched(wanted),
            credential: access.identity.credential,
            unmasked: Set(wanted.map(\.secret).filter { !$0.isMasked }.map(\.name))
        )
    }

    /// The tokens are masked like secrets, also one that is revoked by now.
    private init(_ fetched: FetchedSecrets, credential: SecretBytes, unmasked: Set<SecretName> = []) {
        secrets = fetched.secrets
        keyVariables = fetched.keyVariables
        let shown = secrets.filter { !unmasked.contains($0.name) }
        let tokens = [("OIDC token", credential), ("broker token", fetched.brokerToken)]
        masked =
            shown.map { MaskedValue(name: $0.name.text, value: $0.value) }
            + tokens.compactMap { name, token in token.map { MaskedValue(name: name, value: $0, isToken: true) } }
    }
}
