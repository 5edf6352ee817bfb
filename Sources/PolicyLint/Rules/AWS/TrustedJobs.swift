internal import Diagnostics
internal import PolicyAnalysis

/// A13: which jobs a statement of a trust policy lets in, each kind with a token.
package struct TrustedJobs: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A13",
        "trusted-jobs",
        .note,
        summary: "Which jobs a statement of a trust policy lets in, each kind with a token.",
        avoid: """
            (nothing to avoid: this only tells)
            """,
        prefer: """
            (read it, and compare with what was meant)
            """,
        why: "What a trust policy says in patterns is hard to see; tokens are not."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.trusts.map { trust in
            guard let jobs = trust.jobs else {
                return finding(
                    "\(trust.statement.name) is too much to analyse: whom it lets in is not known",
                    trust.statement.span,
                    help: "use fewer patterns with stars",
                    severity: .error
                )
            }
            return finding(
                jobs.isEmpty
                    ? "\(trust.statement.name) lets in no job of GitHub"
                    : "\(trust.statement.name) lets in jobs of \(jobs.count) \(jobs.count == 1 ? "kind" : "kinds")",
                trust.statement.span,
                notes: jobs.map(\.line),
                help: jobs.isEmpty ? "compare its values with a token" : "whoever can start such a job has the role",
                severity: jobs.isEmpty ? .warning : .note
            )
        }
    }
}
