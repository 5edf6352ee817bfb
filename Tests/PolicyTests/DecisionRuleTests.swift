import InjectTesting
import Policy
import Testing

@Suite("Decisions, rule by rule")
struct DecisionRuleTests {
    /// A policy with one secret, the given conditions of its one grant, and more lines.
    static func policy(when: String, head: String = "", deny: String = "") throws -> PolicyFile {
        try ExamplePolicy.parsed(
            """
            version: "1"
            repository: acme/shop
            \(head)
            environments:
              ci:
                secrets: { KEY: { from: "file:key" } }
                grants:
                  - { id: a, when: \(when), read: KEY }
            \(deny)
            """
        )
    }

    static func expect(_ file: PolicyFile, _ claims: [(String, String)], _ answer: String) {
        DecisionFact(what: "", path: "ci/KEY", claims: claims, at: 0, answer: answer).expect(in: file)
    }

    static let own = [("repository", "acme/shop")]

    @Test("an absent claim matches nothing, not even two stars", arguments: ["\"*\"", "\"**\""])
    func absent(pattern: String) throws {
        let file = try Self.policy(when: "{ environment: \(pattern) }")
        Self.expect(file, Self.own, "denied, no grant")
        Self.expect(file, Self.own + [("environment", "")], "allowed by a")
    }

    @Test("`not` in a deny rule also holds for an absent claim")
    func negatedDeny() throws {
        let file = try Self.policy(
            when: "{ event_name: push }",
            deny: "deny: [{ id: d, when: { runner_environment: { not: [github-hosted, \"x*\"] } }, read: \"ci/**\" }]"
        )
        let claims = Self.own + [("event_name", "push")]
        Self.expect(file, claims, "denied by d")
        Self.expect(file, claims + [("runner_environment", "self-hosted")], "denied by d")
        Self.expect(file, claims + [("runner_environment", "github-hosted")], "allowed by a")
        Self.expect(file, claims + [("runner_environment", "xl")], "allowed by a")
    }

    @Test("a deny rule without conditions always holds, and only for the secrets it names")
    func unconditionalDeny() throws {
        let claims = Self.own + [("event_name", "push")]
        let all = try Self.policy(when: "{ event_name: push }", deny: "deny: [{ id: d, read: ci/KEY }]")
        Self.expect(all, claims, "denied by d")
        let others = try Self.policy(when: "{ event_name: push }", deny: "deny: [{ id: d, read: \"c*/X*\" }]")
        Self.expect(others, claims, "allowed by a")
    }

    @Test("a deny rule is named only where a grant matched")
    func denyWithoutGrant() throws {
        let file = try Self.policy(when: "{ event_name: push }", deny: "deny: [{ id: d, read: ci/KEY }]")
        Self.expect(file, Self.own, "denied, no grant")
    }

    @Test("a grant for another repository names it itself")
    func foreignRepository() throws {
        let ids = "repository_id: \"1\"\nrepository_owner_id: \"2\""
        let file = try Self.policy(when: "{ repository: acme/infra }", head: ids)
        let token = [("repository", "acme/infra"), ("repository_id", "9"), ("repository_owner_id", "2")]
        Self.expect(file, token, "allowed by a")
        Self.expect(file, [("repository", "acme/shop"), ("repository_id", "1")], "denied, no grant")
        Self.expect(file, token.dropLast() + [("repository_owner_id", "3")], "denied, no grant")
    }

    @Test("naming the file's own repository again does not drop its id")
    func ownRepositoryAgain() throws {
        let file = try Self.policy(when: "{ repository: acme/shop }", head: "repository_id: \"1\"")
        Self.expect(file, Self.own + [("repository_id", "1")], "allowed by a")
        Self.expect(file, Self.own + [("repository_id", "9")], "denied, no grant")
    }

    @Test("claims are compared as bytes: two spellings of é are two branches")
    func bytes() throws {
        let file = try Self.policy(when: "{ ref: \"refs/heads/caf*\" }", deny: "")
        Self.expect(file, Self.own + [("ref", "refs/heads/cafe\u{301}")], "allowed by a")
        // U+212A, the Kelvin sign, is canonically equivalent to K.
        let kelvin = try Self.policy(when: "{ ref: refs/heads/K }")
        Self.expect(kelvin, Self.own + [("ref", "refs/heads/\u{212A}")], "denied, no grant")
        let name = ClaimSet([("e\u{301}", "a")])
        #expect(name["\u{E9}"] == nil)
        let named = kelvin.decide(environment: "ci", secret: "\u{212A}EY", claims: ClaimSet([]), at: 0)
        #expect(named.summary == "denied, no secret")
    }

    @Test("of two claims of one name the first counts")
    func repeatedClaim() throws {
        let file = try Self.policy(when: "{ ref: a }")
        Self.expect(file, Self.own + [("ref", "a"), ("ref", "b")], "allowed by a")
        Self.expect(file, Self.own + [("ref", "b"), ("ref", "a")], "denied, no grant")
    }

    @Test("a GitLab project's own claim names stand for the repository")
    func gitlab() throws {
        let text = """
            version: "1"
            issuer: gitlab
            repository: acme/group/shop
            environments:
              ci:
                secrets: { KEY: { from: "file:key" } }
                grants: [{ id: a, when: { ref_path: refs/heads/main }, read: KEY }]
            """
        let file = try ExamplePolicy.parsed(text)
        Self.expect(file, [("project_path", "acme/group/shop"), ("ref_path", "refs/heads/main")], "allowed by a")
        Self.expect(file, [("repository", "acme/group/shop"), ("ref_path", "refs/heads/main")], "denied, no grant")
    }

    @Test("a protected environment of GitLab pins what GitLab says of the event")
    func gitlabEvent() throws {
        func text(_ claim: String) -> String {
            """
            version: "1"
            issuer: gitlab
            repository: acme/group/shop
            repository_id: "456789"
            environments:
              ci:
                protected: "true"
                secrets: { KEY: { from: "file:key" } }
                grants: [{ id: a, when: { \(claim): push, environment: prod }, read: KEY }]
            """
        }
        #expect(PolicyDraft.findings(text("pipeline_source")) == [])
        #expect(
            PolicyDraft.findings(text("event_name"))
                == ["policy-protected «a»: grant `a` opens a protected environment without pinning `pipeline_source`"]
        )
    }

    // MARK: - Metamorphic

    static let values = [
        "event_name": ["push", "pull_request"], "ref": ["refs/heads/main", "refs/heads/x", "refs/tags/v1"],
        "environment": ["prod", "ci"], "actor_id": ["1", "2"],
    ]

    /// The grants of a random policy, each as one line.
    static func grants(_ random: inout SeededRandom) -> [String] {
        (0..<1 + random.below(4)).map { number in
            let claims = values.keys.sorted().filter { _ in random.below(2) == 0 }.map { claim in
                let patterns = ((values[claim] ?? []) + ["\"*\"", "\"refs/**\""]).filter { _ in random.below(3) == 0 }
                return "\(claim): [\((patterns.isEmpty ? ["none"] : patterns).joined(separator: ", "))]"
            }
            let read = ["A", "B", "C"].filter { _ in random.below(2) == 0 }
            let names = (read.isEmpty ? ["A"] : read).joined(separator: ", ")
            return "{ id: g\(number), when: { \(claims.joined(separator: ", ")) }, read: [\(names)] }"
        }
    }

    static func text(_ secrets: [String], _ grants: [String], _ denies: [String]) -> String {
        """
        version: "1"
        repository: acme/shop
        environments:
          ci:
            secrets: { \(secrets.map { "\($0): { from: \"file:\($0)\" }" }.joined(separator: ", ")) }
            grants: [\(grants.joined(separator: ", "))]
        deny: [\(denies.joined(separator: ", "))]
        """
    }

    static func answers(_ text: String, _ claims: [(String, String)]) throws -> [String] {
        let file = try ExamplePolicy.parsed(text)
        return ["A", "B", "C"].map {
            file.decide(environment: "ci", secret: $0, claims: ClaimSet(claims), at: 0).summary
        }
    }

    @Test("neither order nor repetition changes a decision", arguments: 0..<300)
    func permutation(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let grants = Self.grants(&random)
        let denies = ["x", "y"].map {
            "{ id: \($0), when: { actor_id: { not: \"\(random.below(3))\" } }, read: \"ci/*\" }"
        }
        let claims =
            Self.own
            + Self.values.keys.sorted().filter { _ in random.below(5) > 0 }.map { claim in
                (claim, (Self.values[claim] ?? [""])[random.below(2)])
            }
        let answers = try Self.answers(Self.text(["A", "B", "C"], grants, denies), claims)
        let shuffled = Self.text(
            ["A", "B", "C"].shuffled(using: &random),
            grants.shuffled(using: &random),
            denies.shuffled(using: &random)
        )
        #expect(try Self.answers(shuffled, claims.shuffled(using: &random)) == answers, "seed \(seed)")
        let doubled = grants + grants.map { $0.replacing("id: g", with: "id: z") }
        #expect(try Self.answers(Self.text(["A", "B", "C"], doubled, denies), claims) == answers, "seed \(seed)")
    }

    @Test("another grant never takes away, and another deny rule never gives", arguments: 0..<200)
    func monotone(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed) + 1_000)
        let grants = Self.grants(&random)
        let denies = ["{ id: x, when: { actor_id: \"1\" }, read: \"ci/A\" }"]
        let claims = Self.own + Self.values.keys.sorted().map { ($0, (Self.values[$0] ?? [""])[random.below(2)]) }
        let all = try Self.answers(Self.text(["A", "B", "C"], grants, denies), claims).map { $0.hasPrefix("allowed") }
        let fewer = try Self.answers(Self.text(["A", "B", "C"], Array(grants.dropLast()), denies), claims)
        let harder = try Self.answers(
            Self.text(["A", "B", "C"], grants, denies + ["{ id: y, when: { actor_id: \"2\" }, read: \"**\" }"]),
            claims
        )
        for place in 0..<3 {
            #expect(all[place] || !fewer[place].hasPrefix("allowed"), "seed \(seed)")
            #expect(all[place] || !harder[place].hasPrefix("allowed"), "seed \(seed)")
        }
    }
}
