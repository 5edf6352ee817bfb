internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// S03: a job without an environment can read a protected secret.
package struct ProdWithoutGate: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S03",
        "prod-without-gate",
        .error,
        summary: "A job without an environment can read a protected secret.",
        avoid: """
            when: { event_name: push, ref: refs/heads/main, workflow_ref: … }
            """,
        prefer: """
            when: { event_name: push, ref: refs/heads/main, environment: prod }
            """,
        why: "Reviewers and waiting times belong to environments of GitHub: without one, nobody is asked."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard subject.policy?.issuer == .github else { return [] }
        return review(subject, of: subject.environments.filter(\.isProtected)) {
            (review, environment, number) throws(AnalysisError) in
            let grant = environment.grants[number]
            guard grant.condition(on: "environment") == nil else { return nil }
            let asked = ClaimCondition.absent("environment", grant.span)
            guard let exhibit = try review.exhibit(number, of: environment, by: [asked]) else { return nil }
            return finding(
                "grant `\(grant.id)` can be used by a job with no approval gate",
                grant.span,
                notes: ["token: \(exhibit.witness.text)"],
                help: "add `environment: \(environment.name)`"
            )
        }
    }
}
