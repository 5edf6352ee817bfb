internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// S12: a test of the policy fails.
package struct TestContradiction: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S12",
        "test-contradiction",
        .error,
        summary: "A test of the policy fails.",
        avoid: """
            tests: [{ token: { event_name: push }, allow: prod/KEY }]
            """,
        prefer: """
            tests: [{ token: { event_name: push }, deny: prod/KEY }]
            """,
        why: "Either the test or the grants are not what was meant."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let policy = subject.policy else { return [] }
        return policy.tests.flatMap { test in
            TestRun(test, in: policy, now: subject.now).failures.map { failure in
                finding(Self.message(failure), test.span, help: "`inject test` shows the whole token")
            }
        }
    }

    private static func message(_ failure: TestRun.Failure) -> String {
        switch failure {
        case .decision(let decision, let isWanted):
            "the test's token \(isWanted ? "cannot" : "can") read `\(decision.environment)/\(decision.secret)`"
        case .empty(let glob): "the test is about no secret: `\(glob.text)` is none"
        }
    }
}
