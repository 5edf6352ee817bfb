import Diagnostics
import Policy
import Testing

/// One fact about a policy: a token, a secret and the answer.
struct DecisionFact: CustomTestStringConvertible, Sendable {
    let what: String
    let path: String
    let claims: [(String, String)]
    let at: Int64
    /// The id of the grant, or why not.
    let answer: String

    var testDescription: String { "\(what): \(path) is \(answer)" }

    func expect(in file: PolicyFile, _ location: SourceLocation = #_sourceLocation) {
        let parts = path.split(separator: "/").map(String.init)
        let decision = file.decide(environment: parts[0], secret: parts[1], claims: ClaimSet(claims), at: at)
        #expect(decision.summary == answer, "\(what)", sourceLocation: location)
        #expect(decision.isAllowed == !answer.hasPrefix("denied"), sourceLocation: location)
    }
}

extension Decision {
    /// The answer in a word or three.
    var summary: String {
        switch outcome {
        case .allow(let grant): "allowed by \(grant.id)"
        case .deny(.noGrant): "denied, no grant"
        case .deny(.denied(let rule)): "denied by \(rule.id)"
        case .deny(.unknownEnvironment): "denied, no environment"
        case .deny(.unknownSecret): "denied, no secret"
        }
    }
}

@Suite("Decisions over the documented policy")
struct DecisionTests {
    /// 2026-11-24T00:00:00Z, within the break-glass window.
    static let night = Timestamp.seconds("2026-11-24T00:00:00Z") ?? 0
    static let workflow = "acme/shop/.github/workflows/deploy.yml@refs/heads/main"
    static let identity = [("repository", "acme/shop"), ("repository_id", "456789")]
    static let deploy =
        identity + [
            ("event_name", "push"), ("ref", "refs/heads/main"), ("environment", "prod"), ("workflow_ref", workflow),
            ("runner_environment", "github-hosted"),
        ]
    static let restore =
        identity + [
            ("event_name", "workflow_dispatch"), ("ref", "refs/heads/main"), ("environment", "break-glass"),
            ("actor_id", "1002"),
        ]

    static func allow(
        _ what: String,
        _ path: String,
        _ claims: [(String, String)],
        by grant: String,
        at: Int64 = night
    ) -> DecisionFact {
        DecisionFact(what: what, path: path, claims: claims, at: at, answer: "allowed by \(grant)")
    }

    static func deny(
        _ what: String,
        _ path: String,
        _ claims: [(String, String)],
        _ why: String = ", no grant",
        at: Int64 = night
    ) -> DecisionFact {
        DecisionFact(what: what, path: path, claims: claims, at: at, answer: "denied" + why)
    }

    /// Claims with some replaced, and those set to nil absent.
    static func changed(_ claims: [(String, String)], _ changes: [String: String?]) -> [(String, String)] {
        claims.filter { changes[$0.0] == nil }
            + changes.sorted { $0.key < $1.key }.compactMap { name, value in
                value.map { (name, $0) }
            }
    }

    @Test(
        arguments: [
            allow("the deploy job", "prod/DATABASE_URL", deploy, by: "prod-deploy"),
            allow("the deploy job", "prod/TLS_KEY", deploy, by: "prod-deploy"),
            deny("a name that is a path", "staging/DATABASE_URL", deploy),
            deny("an unknown environment", "production/DATABASE_URL", deploy, ", no environment"),
            deny("an unknown secret", "prod/DATABASE_UR", deploy, ", no secret"),
            deny("a secret of another environment", "prod/STRIPE_KEY", deploy, ", no secret"),
            deny("another branch", "prod/DATABASE_URL", changed(deploy, ["ref": "refs/heads/main2"])),
            deny("another spelling", "prod/DATABASE_URL", changed(deploy, ["ref": "refs/heads/Main"])),
            deny("no GitHub environment", "prod/DATABASE_URL", changed(deploy, ["environment": nil])),
            deny("an empty GitHub environment", "prod/DATABASE_URL", changed(deploy, ["environment": ""])),
            deny("no claims at all", "prod/DATABASE_URL", []),
            deny("another event", "prod/DATABASE_URL", changed(deploy, ["event_name": "workflow_run"])),
            deny(
                "another workflow", "prod/DATABASE_URL",
                changed(deploy, ["workflow_ref": "acme/shop/.github/workflows/x.yml@refs/heads/main"])
            ),
            // Implied.
            deny("another repository", "prod/DATABASE_URL", changed(deploy, ["repository": "evil/shop"])),
            deny("a repository registered again", "prod/DATABASE_URL", changed(deploy, ["repository_id": "7"])),
            deny(
                "a token without its repository's id", "prod/DATABASE_URL",
                changed(deploy, ["repository_id": nil])),
            // Deny wins, and an absent claim does not match a positive condition.
            deny(
                "a self-hosted runner", "prod/DATABASE_URL", changed(deploy, ["runner_environment": "self-hosted"]),
                " by self-hosted-runners"
            ),
            allow(
                "an unknown runner", "prod/DATABASE_URL", changed(deploy, ["runner_environment": nil]),
                by: "prod-deploy"
            ),
            // Lists are alternatives, and a star stays within a segment.
            allow(
                "a release branch", "staging/STRIPE_KEY",
                changed(deploy, ["ref": "refs/heads/release/7", "environment": "staging"]), by: "staging-deploy"
            ),
            deny(
                "a branch below a release", "staging/STRIPE_KEY",
                changed(deploy, ["ref": "refs/heads/release/7/x", "environment": "staging"])
            ),
            // Break-glass holds in [not_before, expires).
            allow("an incident", "prod/DATABASE_URL", restore, by: "incident-2481"),
            allow("its first second", "prod/DATABASE_URL", restore, by: "incident-2481", at: night - 4 * 3600),
            deny("the second before", "prod/DATABASE_URL", restore, at: night - 4 * 3600 - 1),
            allow("its last second", "prod/DATABASE_URL", restore, by: "incident-2481", at: night + 2 * 3600 - 1),
            deny("its end", "prod/DATABASE_URL", restore, at: night + 2 * 3600),
            deny("the end of time", "prod/DATABASE_URL", restore, at: .max),
            deny("the beginning of time", "prod/DATABASE_URL", restore, at: .min),
            deny("a secret it does not name", "prod/TLS_KEY", restore),
            deny("a bystander", "prod/DATABASE_URL", changed(restore, ["actor_id": "1003"])),
        ]
    )
    func fact(_ fact: DecisionFact) throws {
        fact.expect(in: try ExamplePolicy.parsed())
    }

    @Test("the policy's own tests hold")
    func ownTests() throws {
        let file = try ExamplePolicy.parsed()
        #expect(file.tests.count == 3)
        var answered = 0
        for test in file.tests {
            let claims = ClaimSet(Self.identity + test.claims.map { ($0.name, $0.value) })
            for environment in file.environments {
                for decision in file.decisions(in: environment, claims: claims, at: test.at ?? Self.night) {
                    let path = Array("\(decision.environment)/\(decision.secret)".utf8)
                    if test.allow.contains(where: { $0.matches(path) }) { #expect(decision.isAllowed) }
                    if test.deny.contains(where: { $0.matches(path) }) { #expect(!decision.isAllowed) }
                    answered += (test.allow + test.deny).contains { $0.matches(path) } ? 1 : 0
                }
            }
        }
        #expect(answered == 4 + 4 + 2)
    }

    // MARK: - Reasons

    @Test("a miss names every claim with what was wanted and what came, nearest grant first")
    func reasons() throws {
        let file = try ExamplePolicy.parsed()
        let claims = Self.changed(Self.deploy, ["environment": nil, "ref": "refs/heads/x"])
        let decision = file.decide(
            environment: "prod", secret: "DATABASE_URL", claims: ClaimSet(claims), at: Self.night)
        #expect(decision.grants.map(\.grant.id) == ["prod-deploy", "incident-2481"])
        #expect(decision.grants.map(\.misses) == [2, 4])
        let lines = decision.grants[0].conditions.map { evaluation in
            let patterns = evaluation.condition.patterns.map(\.glob.text).joined(separator: "|")
            let actual = evaluation.actual.map { String(decoding: $0, as: UTF8.self) } ?? "(absent)"
            let implied = evaluation.isImplied ? "implied " : ""
            return "\(evaluation.condition.span.line) \(implied)\(evaluation.condition.claim) \(patterns) "
                + "\(evaluation.holds ? "=" : "≠") \(actual)"
        }
        #expect(
            lines == [
                "4 implied repository acme/shop = acme/shop",
                "5 implied repository_id 456789 = 456789",
                "46 event_name push = push",
                "47 ref refs/heads/main ≠ refs/heads/x",
                "48 environment prod ≠ (absent)",
                "49 workflow_ref \(Self.workflow) = \(Self.workflow)",
            ]
        )
    }

    @Test("a grant outside its time is one miss away and says which way", arguments: [(-5, "not yet"), (2, "expired")])
    func timing(hours: Int64, expected: String) throws {
        let file = try ExamplePolicy.parsed()
        let now = Self.night + hours * 3600
        let decision = file.decide(environment: "prod", secret: "DATABASE_URL", claims: ClaimSet(Self.restore), at: now)
        #expect(decision.grants.first?.grant.id == "incident-2481")
        #expect(decision.grants.first?.misses == 1)
        #expect(decision.grants.first?.timing.rawValue == expected)
    }
}
