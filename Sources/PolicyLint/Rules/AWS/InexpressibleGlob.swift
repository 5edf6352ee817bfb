internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// A06: a star that AWS would let match more than the policy does.
package struct InexpressibleGlob: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A06",
        "inexpressible-glob",
        .error,
        summary: "A star that AWS would let match more than the policy does.",
        avoid: """
            when: { ref: "refs/heads/*", … }   # in an environment with a role of AWS
            """,
        prefer: """
            when: { ref: refs/heads/**, … }
            """,
        why: "In AWS a star also crosses `/` and `@`, so the role would let in tokens that no grant lets in."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.widenings.filter(\.isOfStars).map { found in
            finding(
                "AWS would let grant `\(found.widening.grant.id)` match more: its star also crosses `/`",
                found.span,
                notes: ["token: \(found.widening.witness.text)"],
                help: "write `**` if that is meant, or list the values"
            )
        }
    }
}
