import Diagnostics
import InjectTesting
import Policy
import Testing

@Suite("Decisions by index")
struct PolicyIndexTests {
    /// A policy whose grants and rules overlap in every way that the index tells apart.
    static func policy(_ random: inout SeededRandom) throws -> PolicyFile {
        let names = ["A", "B", "C"]
        var text = "version: \"1\"\nissuer: https://issuer.example\nenvironments:\n"
        var number = 0
        for environment in ["ci", "cd"].prefix(1 + random.below(2)) {
            text += "  \(environment):\n    secrets:\n"
            for name in names { text += "      \(name): { from: \"aws-sm:\(name)\" }\n" }
            text += "    grants:\n"
            for _ in 0...random.below(9) {
                let read = names.filter { _ in random.below(2) == 0 }
                let list = (read.isEmpty ? ["A"] : read).joined(separator: ", ")
                let times = random.below(4) == 0 ? ", not_before: \"1970-01-01T00:00:1\(random.below(10))Z\"" : ""
                let when = conditions(&random, allowsNegation: false)
                text += "      - { id: g\(number), when: \(when), read: [\(list)]\(times) }\n"
                number += 1
            }
        }
        text += "deny:\n"
        for rule in 0..<random.below(4) {
            let path = ["ci/A", "ci/**", "**", "*/B"][random.below(4)]
            text += "  - { id: d\(rule), when: \(conditions(&random, allowsNegation: true)), read: \"\(path)\" }\n"
        }
        return try ExamplePolicy.parsed(text.hasSuffix("deny:\n") ? String(text.dropLast(6)) : text)
    }

    private static func conditions(_ random: inout SeededRandom, allowsNegation: Bool) -> String {
        let patterns = ["a", "b", "ab", "a/b", "a*", "*", "**", "a/*", "a/**", "*b", "ab*", "b*a"]
        var parts: [String] = []
        for claim in ["ref", "actor", "workflow_ref"] where random.below(5) < 3 {
            let list = (0...random.below(3)).map { _ in "\"\(patterns[random.below(patterns.count)])\"" }
            let text = "[\(list.joined(separator: ", "))]"
            parts.append("\(claim): " + (allowsNegation && random.below(3) == 0 ? "{ not: \(text) }" : text))
        }
        return "{ \(parts.joined(separator: ", ")) }"
    }

    private static func claims(_ random: inout SeededRandom) -> ClaimSet {
        let values = ["", "a", "b", "ab", "a/b", "a/b/a", "abb", "ba", "c"]
        var claims: [(name: [UInt8], value: [UInt8])] = []
        for claim in ["ref", "actor", "workflow_ref", " read"] where random.below(5) > 0 {
            claims.append((Array(claim.utf8), Array(values[random.below(values.count)].utf8)))
        }
        return ClaimSet(assumed: claims)
    }

    static func text(_ outcome: Decision.Outcome) -> String {
        switch outcome {
        case .allow(let grant): "allow \(grant.id)"
        case .deny(.denied(let rule)): "deny \(rule.id)"
        case .deny(.noGrant): "no grant"
        case .deny(.unknownEnvironment): "unknown environment"
        case .deny(.unknownSecret): "unknown secret"
        }
    }

    @Test("say what decisions without one say, with the same grant and rule", arguments: 0..<UInt64(200))
    func sameAnswer(seed: UInt64) throws {
        var random = SeededRandom(seed: seed + 500)
        let policy = try Self.policy(&random)
        let index = PolicyIndex(policy)
        for _ in 0..<60 {
            let claims = Self.claims(&random)
            let now = Int64(random.below(22))
            for environment in ["ci", "cd", "CI"] {
                for secret in ["A", "B", "C", "D"] {
                    let linear = policy.decide(environment: environment, secret: secret, claims: claims, at: now)
                    let indexed = index.outcome(environment: environment, secret: secret, claims: claims, at: now)
                    #expect(Self.text(indexed) == Self.text(linear.outcome), "seed \(seed)")
                }
            }
        }
    }

    @Test("names are compared as bytes")
    func bytes() throws {
        let index = PolicyIndex(try ExamplePolicy.parsed(PolicyDraft().text))
        let claims = ClaimSet(assumed: [])
        // The Kelvin sign, which canonically is a K.
        let outcome = index.outcome(environment: "ci", secret: "\u{212A}EY", claims: claims, at: 0)
        #expect(Self.text(outcome) == "unknown secret")
        #expect(
            Self.text(index.outcome(environment: "c\u{131}", secret: "KEY", claims: claims, at: 0))
                == "unknown environment")
    }
}
