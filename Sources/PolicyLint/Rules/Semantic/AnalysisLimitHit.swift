internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// S13: the policy is too much to analyse, so nobody knows who can read what.
package struct AnalysisLimitHit: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S13",
        "analysis-limit",
        .error,
        summary: "The policy is too much to analyse, so nobody knows who can read what.",
        avoid: """
            hundreds of patterns with `*` on one claim
            """,
        prefer: """
            exact values, or fewer patterns
            """,
        why: "Rules that prove something say nothing here, and silence must not look like safety."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let limit = subject.limit, let policy = subject.policy else { return [] }
        return [undecided(limit, policy.environments.first?.span ?? SourceSpan(subject.source, 0..<0))]
    }
}
