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
        review(subject, where: { $0.grants.count > 1 }) { (review, environment, number) throws(AnalysisError) in
            let grant = environment.grants[number]
            guard let other = Self.shadow(of: number, in: environment, review),
                review.isUsable(number, of: environment)
            else { return nil }
            return finding(
                "grant `\(grant.id)` changes nothing: grant `\(other.id)` gives the same to every job that could use it",
                grant.span,
                help: "remove it, or narrow `\(other.id)` in line \(other.span.line)",
                fix: fix(GrantSite(environment: environment, grant: grant), subject)
            )
        }
    }

    /// The first grant that gives all that another gives; of two that are equal, the later one is in the shadow.
    private static func shadow(of number: Int, in environment: PolicyEnvironment, _ review: PolicyReview) -> Grant? {
        let grant = environment.grants[number]
        let other = environment.grants.indices.first { index in
            let candidate = environment.grants[index]
            guard index != number, grant.read.allSatisfy({ candidate.reads($0.name) }),
                review.isShadowed(number, by: index, of: environment)
            else { return false }
            let isEqual =
                candidate.read.allSatisfy { grant.reads($0.name) }
                && review.isShadowed(index, by: number, of: environment)
            return !isEqual || index < number
        }
        return other.map { environment.grants[$0] }
    }

    private func fix(_ site: GrantSite, _ subject: LintSubject) -> LintFix? {
        guard let span = subject.node(of: site)?.span else { return nil }
        return .removingLines(from: span.range.lowerBound, through: span.range.upperBound, in: subject.source)
    }
}
