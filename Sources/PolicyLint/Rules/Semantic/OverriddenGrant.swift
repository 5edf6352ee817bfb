internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// S07: a grant that never works, since rules deny all that it gives.
package struct OverriddenGrant: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S07",
        "overridden-grant",
        .warning,
        summary: "A grant that never works, since rules deny all that it gives.",
        avoid: """
            grants: [{ id: a, when: { runner_environment: self-hosted, … }, … }]
            deny: [{ id: b, when: { runner_environment: self-hosted }, … }]
            """,
        prefer: """
            grants: [{ id: a, when: { runner_environment: github-hosted, … }, … }]
            """,
        why: "Somebody wanted the access, and somebody else took it away; the deployment fails."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard subject.policy?.denies.isEmpty == false else { return [] }
        return review(subject, of: subject.environments) { (review, environment, number) throws(AnalysisError) in
            let grant = environment.grants[number]
            guard review.isUsable(number, of: environment), try review.exhibit(number, of: environment) == nil else {
                return nil
            }
            return finding(
                "grant `\(grant.id)` never works: every job that it is for is denied",
                grant.span,
                help: "remove the grant, or narrow the rule that denies"
            )
        }
    }
}
