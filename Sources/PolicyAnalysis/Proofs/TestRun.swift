package import Policy
import Secrets

/// A policy's test, run with the evaluator over a completed token.
package struct TestRun: Sendable {
    /// Something the test says that is not so.
    package enum Failure: Sendable {
        /// A secret that should be readable is not, or the other way round.
        case decision(Decision, wanted: Bool)
        /// A pattern names no secret, so that it tests nothing.
        case empty(Glob)
    }

    /// The token: what the test gives, and the rest as GitHub would say it.
    package let claims: [(name: String, value: String)]
    /// What is not so; nothing where the test passes.
    package let failures: [Failure]

    /// Runs a test; `now` is the time of a test that names none.
    ///
    /// Whoever runs many prepares the policy once.
    package init(_ test: PolicyTest, in policy: PolicyFile, by index: PolicyIndex? = nil, now: Int64) {
        let index = index ?? PolicyIndex(policy)
        claims = Self.completed(test.claims, policy)
        let token = ClaimSet(
            assumed: claims.map { (name: Array($0.name.utf8), value: Array($0.value.utf8)) })
        var failures: [Failure] = []
        for (globs, wanted) in [(test.allow, true), (test.deny, false)] {
            for glob in globs {
                let secrets = Self.secrets(of: policy, matching: glob)
                if secrets.isEmpty { failures.append(.empty(glob)) }
                for (environment, secret) in secrets {
                    let at = test.at ?? now
                    guard
                        index.allows(environment: environment, secret: secret, claims: token, at: at) != wanted
                    else { continue }
                    let decision = policy.decide(environment: environment, secret: secret, claims: token, at: at)
                    failures.append(.decision(decision, wanted: wanted))
                }
            }
        }
        self.failures = failures
    }

    /// The repository and its ids are the policy's own unless the test says otherwise.
    private static func completed(
        _ given: [(name: String, value: String)],
        _ policy: PolicyFile
    ) -> [(name: String, value: String)] {
        let implied = policy.implied.compactMap { condition in
            condition.patterns.first.map { (name: condition.claim, value: $0.glob.text) }
        }
        let own = implied.filter { claim in !given.contains { $0.name.utf8.elementsEqual(claim.name.utf8) } }
        guard policy.issuer == .github else { return given + own }
        return TokenCompletion(given + own, repository: policy.repository).claims
    }

    private static func secrets(of policy: PolicyFile, matching glob: Glob) -> [(String, String)] {
        policy.environments.flatMap { environment in
            environment.secrets.map { (environment.name, $0.name.text) }
        }.filter { glob.matches(Array("\($0.0)/\($0.1)".utf8)) }
    }
}
