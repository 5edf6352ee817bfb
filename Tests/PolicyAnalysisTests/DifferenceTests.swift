import InjectTesting
import Policy
import PolicyAnalysis
import Testing

@Suite("Who gains and who loses")
struct DifferenceTests {
    /// A change in a line: `+ A by g: ref is …`.
    static func changes(_ base: PolicyFile?, _ head: PolicyFile) throws -> [String] {
        try PolicyDifference(from: base, to: head).changes.map { change in
            let claims = change.claims.filter { !$0.name.hasPrefix("repository") }.map { "\($0.name) is \($0.values)" }
            let rule = change.rule.map { ", rule \($0.id)" } ?? ""
            let sign = change.direction == .gained ? "+" : "-"
            return "\(sign) \(change.secrets.joined(separator: ",")) by \(change.grant.id)\(rule): "
                + claims.joined(separator: "; ")
        }
    }

    static func changes(_ base: String, _ head: String, baseRest: String = "", headRest: String = "") throws -> [String]
    {
        try changes(
            Policies.parsed(Policies.draft(grants: base, rest: baseRest)),
            Policies.parsed(Policies.draft(grants: head, rest: headRest))
        )
    }

    @Test(
        "a change is said in the policy's own patterns, and what no token can notice is none",
        arguments: [
            (
                "- { id: g, when: { event_name: push, ref: refs/heads/main }, read: A }",
                "- { id: g, when: { event_name: push, ref: \"refs/heads/*\" }, read: A }",
                ["+ A by g: event_name is `push`; ref is `refs/heads/*` but not `refs/heads/main`"]
            ),
            (
                "- { id: g, when: { event_name: push, ref: \"refs/heads/*\" }, read: [A, B] }",
                "- { id: g, when: { event_name: push, ref: refs/heads/main }, read: [B, A] }",
                ["- A,B by g: event_name is `push`; ref is `refs/heads/*` but not `refs/heads/main`"]
            ),
            (
                "- { id: g, when: { event_name: push, environment: prod }, read: A }",
                "- { id: g, when: { event_name: push }, read: A }",
                ["+ A by g: environment is absent or anything but `prod`; event_name is `push`"]
            ),
            (
                "- { id: g, when: { event_name: push }, read: A }",
                "- { id: h, when: { event_name: push, ref: \"refs/**\" }, read: A }",
                []
            ),
        ]
    )
    func wording(base: String, head: String, expected: [String]) throws {
        let found = try Self.changes(base, head)
        #expect(found == expected, "\(found)")
    }

    @Test("a rule that is removed, or added, is named")
    func rules() throws {
        let grant = "- { id: g, when: { event_name: push }, read: A }"
        let rule = "deny:\n  - { id: d, when: { ref: \"refs/tags/**\" }, read: \"ci/**\" }"
        let expected = " A by g, rule d: event_name is `push`; ref is `refs/tags/**`"
        #expect(try Self.changes(grant, grant, baseRest: rule) == ["+" + expected])
        #expect(try Self.changes(grant, grant, headRest: rule) == ["-" + expected])
    }

    @Test("secrets that are gained at different times are different changes")
    func times() throws {
        let base = "- { id: o, when: { event_name: push }, read: A, expires: 2027-01-01T00:00:00Z }"
        let head = "- { id: g, when: { event_name: push }, read: [B, A] }"
        let expected = ["+ B by g: event_name is `push`", "+ A by g: event_name is `push`"]
        #expect(try Self.changes(base, head).filter { $0.hasPrefix("+") } == expected)
    }

    @Test("without a base, everything is gained")
    func noBase() throws {
        let head = try Policies.parsed(Policies.draft(grants: "- { id: g, when: { event_name: push }, read: A }"))
        #expect(try Self.changes(nil, head) == ["+ A by g: event_name is `push`"])
    }

    // MARK: - Places

    static let grant = "- { id: g, when: { event_name: push, environment: prod, ref: refs/heads/main }, read: [A, B] }"

    @Test("a secret that comes from another place is gained by all its readers, and lost by none")
    func moved() throws {
        let text = Policies.draft(grants: Self.grant)
        let role = "exchange: { aws: { role: \"arn:aws:iam::111122223333:role/r\", region: eu-west-1 } }"
        let who = "environment is `prod`; event_name is `push`; ref is `refs/heads/main`"
        let base = try Policies.parsed(text)
        let elsewhere = try Policies.parsed(text.replacing("aws-sm:a", with: "aws-sm:c"))
        #expect(try Self.changes(base, elsewhere) == ["+ A by g: \(who)"])
        #expect(try PolicyDifference(from: base, to: elsewhere).changes.map(\.isMoved) == [true])
        let exchanged = try Policies.parsed(Policies.draft(grants: Self.grant, environment: role))
        #expect(try Self.changes(base, exchanged) == ["+ A,B by g: \(who)"])
    }

    /// An environment beside `ci`, whose secret is at the same place as `A`.
    static let guarded = """
          prod:
            protected: "true"
            secrets: { KEY: { from: "aws-sm:a" } }
            grants:
              - { id: p, when: { event_name: push, environment: prod, ref: refs/heads/main }, read: KEY }
        """

    @Test(
        "what is protected, was, or is at the place of a protected secret is alarming to gain",
        arguments: [
            ("", "protected: \"true\"", "", true), ("protected: \"true\"", "", "", true), ("", "", "", false),
            ("", "", guarded, true), ("", "", guarded.replacing("aws-sm:a", with: "aws-sm:c"), false),
            ("", "", guarded.replacing("protected: \"true\"", with: "protected: \"false\""), false),
        ]
    )
    func alarming(before: String, after: String, rest: String, isAlarming: Bool) throws {
        let wide = Self.grant.replacing("event_name: push", with: "event_name: [push, schedule]")
        let difference = try PolicyDifference(
            from: Policies.parsed(Policies.draft(grants: Self.grant, rest: rest, environment: before)),
            to: Policies.parsed(Policies.draft(grants: wide, rest: rest, environment: after))
        )
        #expect(difference.changes.contains(where: \.isAlarming) == isAlarming)
        #expect(!difference.changes.isEmpty)
        #expect(difference.unprotected.map(\.name) == (before.isEmpty ? [] : ["ci"]))
    }

    @Test(
        "a protected secret is at the same place however it is spelled",
        arguments: [
            ("aws-sm:shop/db#url", "aws-sm:shop/db", true), ("aws-sm:shop/db#url", "aws-sm:shop/db#/url", true),
            ("aws-sm:shop/db", "aws-sm:shop/db?stage=AWSCURRENT", true), ("aws-sm:shop/db", "aws-sm:shop/dc", false),
            ("aws-sm:shop/db", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-a1B2c3#url", true),
            ("aws-sm:shop/db", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db", true),
            ("aws-sm:shop/db", "arn:aws:secretsmanager:eu-west-1:111122224444:secret:shop/db", false),
            ("aws-sm:shop/db", "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop/db", false),
            ("aws-ssm:/prod/pw", "aws-ssm:/prod/pw:1", true), ("aws-ssm:/prod/pw", "aws-ssm:/prod/pv", false),
            ("encrypted:prod.yaml#db.url", "encrypted:./prod.yaml#db.url", true),
            ("encrypted:a/prod.yaml#db.url", "encrypted:a//./prod.yaml#/db/url", true),
            ("encrypted:prod.yaml#db.url", "encrypted:prod.yaml#db.user", false),
            ("encrypted:prod.yaml#db.url", "encrypted:a/prod.yaml#db.url", false),
            ("dotenv:.env#KEY", "file:./.env", true), ("dotenv:.env", "dotenv:.env#KEY", true),
            ("dotenv:.env#KEY", "dotenv:.env#OTHER", false),
        ]
    )
    func spelling(guarded: String, moved: String, isAlarming: Bool) throws {
        let role = "exchange: { aws: { role: \"arn:aws:iam::111122223333:role/r\", region: eu-west-1 } }"
        let prod = Self.guarded.replacing("secrets:", with: "\(role)\n    secrets:")
        let rest = prod.replacing("aws-sm:a", with: guarded)
        let reference = moved.hasPrefix("arn:") ? "aws-sm:" + moved : moved
        for exchange in ["", role, "exchange: { broker: \"https://broker.example.com\" }"] {
            let draft = Policies.draft(grants: Self.grant, rest: rest, environment: exchange)
            let difference = try PolicyDifference(
                from: Policies.parsed(draft),
                to: Policies.parsed(draft.replacing("A: { from: \"aws-sm:a\" }", with: "A: { from: \"\(reference)\" }"))
            )
            #expect(difference.changes.contains(where: \.isAlarming) == isAlarming, "\(exchange)")
        }
    }

    // MARK: - Laws

    static func random(_ seed: UInt64, hasTimes: Bool = false) throws -> PolicyFile {
        var source = RandomPolicy(seed: seed)
        return try Policies.parsed(source.text(assertions: 0, hasTimes: hasTimes))
    }

    @Test("a policy differs from itself, and from itself in another order, in nothing", arguments: 0..<60)
    func reflexive(seed: UInt64) throws {
        let policy = try Self.random(seed)
        #expect(try Self.changes(policy, policy).isEmpty)
        #expect(try Self.changes(policy, policy.reversed).isEmpty)
        #expect(try Self.changes(policy.reversed, policy).isEmpty)
    }

    /// What is wrong with the changes between two random policies.
    static func disagreements(seed: UInt64, analysing: (PolicyFile) -> PolicyFile = { $0 }) throws -> [String] {
        let hasTimes = seed % 4 == 0
        let base = try random(seed * 2 + 50_000, hasTimes: hasTimes)
        let head = try random(seed * 2 + 50_001, hasTimes: hasTimes)
        let (before, after) = (NaivePolicy(policy: base), NaivePolicy(policy: head))
        let changes = try PolicyDifference(from: analysing(base), to: analysing(head)).changes
        var found: [String] = []
        for secret in ["A", "B"] {
            for token in RandomPolicy.tokens {
                for now in hasTimes ? RandomPolicy.times : [0] {
                    let isReader = after.allows("ci", secret, token, at: now)
                    guard before.allows("ci", secret, token, at: now) != isReader else { continue }
                    let direction: AccessChange.Direction = isReader ? .gained : .lost
                    if !changes.contains(where: { $0.direction == direction && $0.secrets.contains(secret) }) {
                        found.append("seed \(seed): \(token) and \(secret) are in no change")
                    }
                }
            }
        }
        // Every witness is right by the specification, too.
        for change in changes {
            let token = Dictionary(uniqueKeysWithValues: change.witness.claims.map { ($0.name, $0.value) })
            for secret in change.secrets {
                let was = before.allows("ci", secret, token, at: change.witness.at)
                let isReader = after.allows("ci", secret, token, at: change.witness.at)
                if isReader != (change.direction == .gained) || was != (change.direction == .lost) {
                    found.append("seed \(seed): \(change.witness.text) shows nothing")
                }
            }
        }
        return found
    }

    @Test("agrees with brute force on every pair", arguments: 0..<300)
    func bruteForce(seed: UInt64) throws {
        let found = try Self.disagreements(seed: seed)
        #expect(found.isEmpty, "\(found.prefix(3))")
    }

    @Test("each defect of the analyser is noticed within a few pairs", arguments: PolicyMutation.allCases)
    func mutants(mutation: PolicyMutation) throws {
        let noticed = try (0..<UInt64(200)).first {
            !(try Self.disagreements(seed: $0, analysing: mutation.applied)).isEmpty
        }
        #expect(noticed != nil)
    }

    @Test("what one grant more lets in is only gained, and one rule more only lost", arguments: 0..<60)
    func monotone(seed: UInt64) throws {
        let (policy, other) = (try Self.random(seed + 9000), try Self.random(seed + 19_000))
        let wider = try PolicyDifference(from: policy, to: policy.granting(other)).changes
        #expect(wider.allSatisfy { $0.direction == .gained })
        let narrower = try PolicyDifference(from: policy, to: policy.denying(other)).changes
        #expect(narrower.allSatisfy { $0.direction == .lost })
        // Grants twice, under other names, change nothing.
        #expect(try Self.changes(policy, policy.granting(policy)).isEmpty)
    }
}
