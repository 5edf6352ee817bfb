internal import Diagnostics
internal import Policy
internal import PolicyAnalysis
internal import Secrets

/// S10: an assertion about no secret or about no job proves nothing.
package struct AssertionVacuous: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S10",
        "assertion-vacuous",
        .warning,
        summary: "An assertion about no secret or about no job proves nothing.",
        avoid: """
            assert: [{ id: a, never: { event_name: pull_requests }, read: "prod/**" }]
            """,
        prefer: """
            assert: [{ id: a, never: { event_name: pull_request }, read: "prod/**" }]
            """,
        why: "It holds whatever the grants say, so a slip in it goes unnoticed."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let policy = subject.policy, let review = subject.review else { return [] }
        return policy.assertions.compactMap { assertion in
            guard assertion.kind != .possible else { return nil }
            let environments = policy.environments.filter { Self.concerns(assertion, $0) }
            guard !environments.isEmpty else {
                return finding(
                    "assertion `\(assertion.id)` is about no secret of the policy",
                    assertion.span,
                    help: "compare its `read` with `ENVIRONMENT/SECRET`"
                )
            }
            let isPossible = environments.contains { $0.isLocal || review.isPossible(assertion.conditions, in: $0) }
            guard !isPossible else { return nil }
            return finding(
                "assertion `\(assertion.id)` is about jobs that cannot exist",
                assertion.conditions.first?.span ?? assertion.span,
                help: "compare its claims with a token of the job that is meant"
            )
        }
    }

    private static func concerns(_ assertion: PolicyAssertion, _ environment: PolicyEnvironment) -> Bool {
        environment.secrets.contains { secret in
            let path = Array("\(environment.name)/\(secret.name.text)".utf8)
            return assertion.read.contains { $0.matches(path) }
        }
    }
}
