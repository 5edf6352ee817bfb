import Foundation
import InjectTesting
import Policy
import PolicyAnalysis
import Testing

/// The analyser against every token of a small universe, by the specification.
@Suite("The analysis against brute force")
struct DifferentialTests {
    /// 10^4 cases; INJECT_LONG_TESTS=1 makes it more than 10^6.
    static let policies =
        ProcessInfo.processInfo.environment["INJECT_LONG_TESTS"] != nil ? 101_000 : 1_000
    static let assertionsEach = 10

    /// What is wrong with the answers about one random policy.
    static func disagreements(
        seed: UInt64,
        mutation: NaivePolicy.Mutation? = nil,
        analysing: (PolicyFile) -> PolicyFile = { $0 }
    ) throws -> [String] {
        var source = RandomPolicy(seed: seed)
        let policy = try Policies.parsed(source.text(assertions: assertionsEach, hasTimes: seed % 4 == 0))
        let naive = NaivePolicy(policy: policy, mutation: mutation)
        let prover = try PolicyProver(analysing(policy))
        // Most policies have no times, and then one second is as good as another.
        let times = seed % 4 == 0 ? RandomPolicy.times : [0]
        let readers = Dictionary(
            uniqueKeysWithValues: ["A", "B"].map { secret in
                let tokens = RandomPolicy.tokens.filter { token in
                    times.contains { naive.allows("ci", secret, token, at: $0) }
                }
                return (secret, tokens)
            })
        return try policy.assertions.compactMap { assertion in
            let proof = try prover.proof(of: assertion)
            let found = readers.contains { secret, tokens in
                naive.isAbout(assertion, secret) && tokens.contains { naive.shows(assertion, $0) }
            }
            return verdict(proof, found, naive).map { "seed \(seed), \(assertion.id): \($0)" }
        }
    }

    private static func verdict(_ proof: Proof, _ found: Bool, _ naive: NaivePolicy) -> String? {
        let exhibit: Proof.Exhibit?
        switch proof.outcome {
        case .proved(let shown), .refuted(let shown): exhibit = shown
        }
        guard let exhibit else { return found ? "a token was overlooked" : nil }
        let token = Dictionary(uniqueKeysWithValues: exhibit.witness.claims.map { ($0.name, $0.value) })
        let isRight =
            naive.allows("ci", exhibit.secret, token, at: exhibit.witness.at) && naive.shows(proof.assertion, token)
        return isRight ? nil : "\(exhibit.witness.text) shows nothing"
    }

    @Test("agrees on every assertion about every policy", arguments: 0..<UInt64(8))
    func agrees(part: UInt64) throws {
        let seeds = stride(from: part, to: UInt64(Self.policies), by: 8)
        var cases = 0
        for seed in seeds {
            let found = try Self.disagreements(seed: seed)
            #expect(found.isEmpty, "\(found)")
            guard found.isEmpty else { return }
            cases += Self.assertionsEach
        }
        print("brute force: \(cases) cases, every 8th seed from \(part) below \(Self.policies)")
    }

    @Test("each defect of an evaluator is noticed within a few policies", arguments: NaivePolicy.Mutation.allCases)
    func mutations(mutation: NaivePolicy.Mutation) throws {
        let noticed = try (0..<UInt64(200)).first { !(try Self.disagreements(seed: $0, mutation: mutation)).isEmpty }
        #expect(noticed != nil)
    }

    @Test("each defect of the analyser is noticed within a few policies", arguments: PolicyMutation.ofProofs)
    func mutants(mutation: PolicyMutation) throws {
        let noticed = try (0..<UInt64(200)).first {
            !(try Self.disagreements(seed: $0, analysing: mutation.applied)).isEmpty
        }
        #expect(noticed != nil)
    }
}

extension NaivePolicy {
    func isAbout(_ assertion: PolicyAssertion, _ secret: String) -> Bool {
        assertion.read.contains { matches($0.text, "ci/" + secret, atSign: false) }
    }

    /// Whether a token that may read shows what the assertion is about: against it, or for `possible`.
    func shows(_ assertion: PolicyAssertion, _ token: [String: String]) -> Bool {
        holds(assertion.conditions, token, isGrant: false) != (assertion.kind == .only)
    }
}
