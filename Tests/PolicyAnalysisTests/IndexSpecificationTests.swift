import Policy
import PolicyAnalysis
import Testing

@Suite("Decisions by index against the specification")
struct IndexSpecificationTests {
    @Test("agree on every token of the universe", arguments: 0..<UInt64(150))
    func agrees(seed: UInt64) throws {
        var source = RandomPolicy(seed: seed + 3000)
        let policy = try Policies.parsed(source.text(assertions: 0))
        let (naive, index) = (NaivePolicy(policy: policy), PolicyIndex(policy))
        for token in RandomPolicy.tokens {
            let claims = ClaimSet(assumed: token.map { (Array($0.key.utf8), Array($0.value.utf8)) })
            for secret in ["A", "B"] {
                var isAllowed = false
                if case .allow = index.outcome(environment: "ci", secret: secret, claims: claims, at: 0) {
                    isAllowed = true
                }
                #expect(isAllowed == naive.allows("ci", secret, token), "seed \(seed): \(token)")
            }
        }
    }
}
