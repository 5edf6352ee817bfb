import InjectTesting
import Policy
import Testing

@Suite("Globs")
struct GlobTests {
    /// One fact: a pattern of a claim, a value, and whether it matches.
    struct Fact: CustomTestStringConvertible {
        let claim: String
        let pattern: String
        let value: String
        let matches: Bool

        var testDescription: String { "\(claim): \(pattern) \(matches ? "matches" : "does not match") \(value)" }
    }

    static func allow(_ pattern: String, _ value: String, _ claim: String = "ref") -> Fact {
        Fact(claim: claim, pattern: pattern, value: value, matches: true)
    }

    static func deny(_ pattern: String, _ value: String, _ claim: String = "ref") -> Fact {
        Fact(claim: claim, pattern: pattern, value: value, matches: false)
    }

    static let workflow = "acme/ci/.github/workflows/"

    @Test(
        arguments: [
            // The table of the documentation.
            allow("refs/heads/*", "refs/heads/main"),
            deny("refs/heads/*", "refs/heads/feature/x"),
            allow("refs/heads/**", "refs/heads/feature/x"),
            deny("refs/heads/**", "refs/tags/v1"),
            allow("refs/heads/main", "refs/heads/main"),
            deny("refs/heads/main", "refs/heads/main-hotfix"),
            allow(workflow + "*.yml@refs/tags/v*", workflow + "deploy.yml@refs/tags/v3", "workflow_ref"),
            deny(workflow + "*.yml@refs/tags/v*", workflow + "deploy.yml@refs/heads/v3", "workflow_ref"),
            // Anchored at both ends, byte-wise, case-sensitive.
            deny("heads", "refs/heads/main"),
            deny("refs/heads/main", "xrefs/heads/main"),
            deny("refs/heads/main", "refs/heads/Main"),
            deny("refs/heads/main", "refs/heads/main\n"),
            deny("refs/heads/main", "refs/heads/mai"),
            deny("refs/heads/main", ""),
            deny("refs.heads.main", "refs/heads/main"),
            deny("a|b", "a"),
            // A star is zero or more bytes of one segment.
            allow("*", ""),
            allow("*", "a"),
            deny("*", "a/b"),
            allow("v*", "v"),
            allow("*.yml", ".yml"),
            allow("a*b*c", "abbc"),
            allow("a*b*c", "axbxc"),
            deny("a*b*c", "ab"),
            deny("a*b*c", "a/bc"),
            allow("refs/*/main", "refs/heads/main"),
            allow("refs/*/main", "refs//main"),
            allow("*", "a@b"),
            allow("*", "e\u{301}\u{1F600}"),
            // Two stars are anything, and a segment of their own.
            allow("**", ""),
            allow("**", "a/b@c"),
            allow("refs/heads/**", "refs/heads/"),
            deny("refs/heads/**", "refs/heads"),
            allow("**/main", "refs/heads/main"),
            deny("**/main", "main"),
            allow("a/**/b", "a/x/y/b"),
            allow("a/**/b", "a//b"),
            deny("a/**/b", "a/b"),
            // In a workflow's reference a star does not reach the ref.
            deny(workflow + "*", workflow + "deploy.yml@refs", "workflow_ref"),
            deny(workflow + "*", workflow + "deploy.yml@refs", "job_workflow_ref"),
            allow(workflow + "*", workflow + "deploy.yml@refs", "ref"),
            allow(workflow + "**", workflow + "deploy.yml@refs/heads/main", "workflow_ref"),
        ]
    )
    func fact(_ fact: Fact) throws {
        #expect(try Glob(fact.pattern, claim: fact.claim).matches(Array(fact.value.utf8)) == fact.matches)
    }

    @Test(
        "what is no pattern is refused",
        arguments: [
            ("refs/heads/v?", "holds `?`, which has no meaning in a pattern"),
            ("refs/heads/[ab]", "holds `[`, which has no meaning in a pattern"),
            ("ab]", "holds `]`, which has no meaning in a pattern"),
            ("a\\*", "holds `\\`, which has no meaning in a pattern"),
            ("refs/heads**", "has `**` inside a segment, where it would cross `/` unseen"),
            ("**@refs", "has `**` inside a segment, where it would cross `/` unseen"),
            ("***", "has `**` inside a segment, where it would cross `/` unseen"),
            ("refs/heads/m\u{430}in", "holds a character outside ASCII, which can look like another"),
            (String(repeating: "a", count: 513), "is longer than 512 bytes"),
        ]
    )
    func refused(text: String, reason: String) {
        #expect { try Glob(text, claim: "ref") } throws: { ($0 as? Glob.Refusal)?.reason == reason }
    }

    @Test("a pattern may have 512 bytes")
    func longest() throws {
        let text = String(repeating: "a", count: 512)
        #expect(try Glob(text, claim: "ref").matches(Array(text.utf8)))
    }

    // MARK: - Oracle

    /// The definition, written down: backtracking over texts, without any automaton.
    static func oracle(_ pattern: Substring, _ value: Substring, stops: Set<Character>) -> Bool {
        guard let first = pattern.first else { return value.isEmpty }
        guard first == "*" else {
            return value.first == first && oracle(pattern.dropFirst(), value.dropFirst(), stops: stops)
        }
        let isDouble = pattern.hasPrefix("**")
        let rest = pattern.dropFirst(isDouble ? 2 : 1)
        for end in value.indices + [value.endIndex] {
            if oracle(rest, value[end...], stops: stops) { return true }
            guard end < value.endIndex, isDouble || !stops.contains(value[end]) else { return false }
        }
        return false
    }

    @Test("the matcher agrees with its definition", arguments: ["ref", "workflow_ref"])
    func agreesWithOracle(claim: String) throws {
        let stops: Set<Character> = claim == "ref" ? ["/"] : ["/", "@"]
        var (compared, matched) = (0, 0)
        for seed in 0..<30_000 {
            var random = SeededRandom(seed: UInt64(seed))
            let text = String((0..<random.below(8)).map { _ in ["a", "b", "/", "@", "*", "*", "/"][random.below(7)] })
            guard let glob = try? Glob(text, claim: claim) else { continue }
            let value = String((0..<random.below(9)).map { _ in ["a", "b", "/", "@"][random.below(4)] })
            let expected = Self.oracle(text[...], value[...], stops: stops)
            #expect(glob.matches(Array(value.utf8)) == expected, "seed \(seed): \(text) on \(value)")
            compared += 1
            matched += expected ? 1 : 0
        }
        #expect(compared > 5_000 && matched > 300)
    }

    @Test("a pattern of stars takes no longer than the product of the two lengths")
    func noBacktracking() throws {
        let glob = try Glob(String(repeating: "a*", count: 255) + "b", claim: "ref")
        #expect(!glob.matches([UInt8](repeating: UInt8(ascii: "a"), count: 2_000)))
    }
}
