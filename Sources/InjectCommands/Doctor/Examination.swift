internal import Diagnostics
internal import HTTPTransport
internal import OIDC
internal import Policy
internal import SecretStores
internal import Secrets
internal import TokenExchange

/// The checks of `inject doctor`, in the order in which a run would fail; each is printed as soon as it is known.
struct Examination {
    let policyOptions: PolicyOptions
    let tokenOptions: TokenOptions
    let dialect: DotenvDialect
    let surroundings: Surroundings
    let deadline: Deadline

    var report: CheckReport { CheckReport(console: surroundings.console) }

    /// Runs the checks and returns how many failed; what depends on a failed one is skipped.
    func run() -> Int {
        do {
            if let url = try policyOptions.givenBroker(surroundings.environment) { return runWithoutPolicy(url) }
        } catch {
            report.fail("policy", error)
            return 1
        }
        guard let source = check("policy", { try PolicySource.load(policyOptions.givenPath(surroundings.environment)) })
        else { return 1 }
        let names = source.policy.environments.map(\.name).joined(separator: ", ")
        report.pass("policy", "\(source.text.name): \(names)")
        let issuer = checkIssuer(source.policy)
        guard let access = check("token", decide) else { return issuer + 1 }
        let token = access.identity.token
        let subject = DecisionText.text(token.subject)
        let left = token.expiresAt - surroundings.now
        report.pass("token", "\(subject), for \(access.identity.audience), valid for \(left) s")
        return issuer + checkGrants(access) + (access.broker.map { check($0, access) } ?? checkSecrets(access))
    }

    private func decide() throws -> Access {
        try Access.decide(policyOptions, tokenOptions, in: surroundings, opensStores: true)
    }

    // MARK: - Issuer and clock

    private func checkIssuer(_ policy: PolicyFile) -> Int {
        let issuer = policy.issuer.configuration
        let isOfThisMachine = (try? tokenOptions.givenSource(surroundings.environment) == nil) ?? false
        guard surroundings.environment["GITHUB_ACTIONS"] == "true" || !isOfThisMachine else {
            report.skip("issuer", "this is no CI job: its tokens are this machine's own")
            return 0
        }
        let keys = check("issuer") {
            try CryptoRequirement.requireLibrary()
            let http = CurlClient(HTTPConfiguration.make(surroundings.environment))
            let trusts = try tokenOptions.trustsLocalIssuer(surroundings.environment)
            let cache = JWKSCache(issuer, http: http, trustsLoopback: trusts, now: Surroundings.clock)
            return try Blocking.wait("fetching the issuer's keys", until: deadline) { try await cache.keys() }
        }
        guard let keys else { return 1 }
        report.pass("issuer", issuer.issuer)
        return checkClock(keys)
    }

    private func checkClock(_ keys: IssuerKeys) -> Int {
        guard let serverTime = keys.serverTime else {
            report.skip("clock", "the issuer does not tell its time")
            return 0
        }
        let skew = keys.fetchedAt - serverTime
        guard abs(skew) > 60 else {
            report.pass("clock", "\(abs(skew)) s from the issuer's")
            return 0
        }
        report.fail(
            "clock",
            Diagnostic(
                .clockSkewed,
                "this machine's clock is \(abs(skew)) s \(skew > 0 ? "ahead of" : "behind") the issuer's",
                [.help("set it, such as with `timedatectl set-ntp true`: tokens and signatures have times")]
            )
        )
        return 1
    }

    // MARK: - Grants and secrets

    private func checkGrants(_ access: Access) -> Int {
        let all = access.granted.count + access.denied.count
        guard !access.granted.isEmpty else {
            let remarks = access.denied.first.map(DecisionText.nearestMiss) ?? []
            let message = "this job may read no secret of `\(access.environment.name)`"
            report.fail("grants", Diagnostic(.nothingGranted, message, remarks))
            return 1
        }
        report.pass("grants", "\(access.environment.name): \(access.granted.count) of \(all) secrets")
        for decision in access.denied {
            report.skip(decision.secret, "not granted: inject explain \(decision.environment)/\(decision.secret)")
        }
        return 0
    }

    private func checkSecrets(_ access: Access) -> Int {
        let remote = access.granted.filter { $0.secret.reference.awsService != nil }
        let local = access.granted.filter { $0.secret.reference.awsService == nil }
        return checkLocal(local, access) + checkRemote(remote, access)
    }

    /// Files are read whole, because there is no other way to know; nothing of them is shown.
    private func checkLocal(_ secrets: [GrantedSecret], _ access: Access) -> Int {
        let fetch = SecretFetch(access: access, dialect: dialect)
        // All at once, so that a file's key is asked for once; one by one only to say which of them fails.
        guard (try? fetch.secrets(secrets)) == nil else {
            for granted in secrets { report.pass(granted.secret.name.text, granted.secret.from) }
            return 0
        }
        return secrets.count { granted in
            guard check(granted.secret.name.text, { try fetch.secrets([granted]) }) != nil else { return true }
            report.pass(granted.secret.name.text, granted.secret.from)
            return false
        }
    }

    private func checkRemote(_ secrets: [GrantedSecret], _ access: Access) -> Int {
        guard let aws = access.aws, !secrets.isEmpty else { return 0 }
        let name = aws.role == nil ? "credentials" : "role"
        let inspections = check(name) {
            try access.refuseForeignToken()
            return try Blocking.wait(aws.work, until: deadline) {
                try await aws.inspections(of: secrets, for: access)
            }
        }
        guard let inspections else {
            for granted in secrets { report.skip(granted.secret.name.text, "not reached: \(granted.secret.from)") }
            return 1
        }
        report.pass(name, aws.role ?? "found where AWS's own tools look for them")
        return secrets.count { granted in
            let reference = granted.secret.reference
            let finding = check(granted.secret.name.text) {
                try Blocking.wait("looking for the secrets", until: deadline) {
                    await inspections.first { $0.covers(reference) }?.finding(of: reference)
                }
            }
            guard let finding else { return true }
            return tell(finding ?? .present(unchecked: nil), granted.secret)
        }
    }

    /// Prints what was found, and returns whether it is a failure.
    private func tell(_ finding: AWSFinding, _ secret: SecretEntry) -> Bool {
        switch finding {
        case .present(let unchecked):
            report.pass(secret.name.text, secret.from + (unchecked.map { ", of which \($0) was not checked" } ?? ""))
            return false
        case .hidden(let action):
            report.skip(
                secret.name.text,
                "not looked at: allow `\(action)` to have it checked; a run does not need that"
            )
            return false
        case .unreadable(let problem):
            report.fail(secret.name.text, problem.pointing(at: .span(secret.span, label: nil)))
            return true
        }
    }

    /// The work's result, or nil, having reported why there is none.
    func check<Value>(_ name: String, _ work: () throws -> Value) -> Value? {
        do {
            return try work()
        } catch let list as DiagnosticList {
            for diagnostic in list.diagnostics { report.fail(name, diagnostic) }
        } catch let diagnostic as Diagnostic {
            report.fail(name, diagnostic)
        } catch {
            report.fail(name, Diagnostic(.unexpected, "something failed that should not: \(error)"))
        }
        return nil
    }
}

extension Diagnostic.ID {
    /// The machine's clock is wrong.
    static let clockSkewed = Diagnostic.ID("clock-skewed")
}
