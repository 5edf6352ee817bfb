internal import Diagnostics
internal import Policy
internal import PolicyAnalysis
internal import YAMLSyntax

/// S06: a grant that changes nothing, since another gives the same to more jobs.
package struct ShadowedGrant: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S06",
        "shadowed-grant",
        .warning,
        isFixable: true,
        summary: "A grant that changes nothing, since another gives the same to more jobs.",
        avoid: """
            - { id: a, when: { event_name: push }, read: KEY }
            - { id: b, when: { event_name: push, ref: refs/heads/main }, read: KEY }
            """,
        prefer: """
            - { id: b, when: { event_name: push, ref: refs/heads/main }, read: KEY }
            """,
        why: "Whoever reads the narrow one thinks that it is the rule."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let policy = subject.policy, let review = subject.review else { return [] }
        return policy.environments.flatMap { environment in
            review.shadows(in: environment).map { number, other in
                let (grant, other) = (environment.grants[number], environment.grants[other])
                return finding(
                    "grant `\(grant.id)` changes nothing: grant `\(other.id)` gives the same to every job that could use it",
                    grant.span,
                    help: "remove it, or narrow `\(other.id)` in line \(other.span.line)",
                    fix: fix(GrantSite(environment: environment, grant: grant), subject)
                )
            }
        }
    }

    private func fix(_ site: GrantSite, _ subject: LintSubject) -> LintFix? {
        guard let span = subject.node(of: site)?.span else { return nil }
        return .removingLines(from: span.range.lowerBound, through: span.range.upperBound, in: subject.source)
    }
}
