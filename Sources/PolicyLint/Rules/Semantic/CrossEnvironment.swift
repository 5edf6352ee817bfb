internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// S02: a job of one environment can use a grant of another, and one of them is protected.
package struct CrossEnvironment: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S02",
        "cross-environment",
        .error,
        summary: "A job of one environment can use a grant of another, and one of them is protected.",
        avoid: """
            prod: … when: { environment: [prod, staging], … }
            """,
        prefer: """
            prod: … when: { environment: prod, … }
            """,
        why: "A job that passed the approval of one environment, or none at all, gets the secrets of another."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let all = subject.policy?.environments ?? []
        return review(subject, of: subject.jobEnvironments) { (review, environment, number) throws(AnalysisError) in
            let grant = environment.grants[number]
            guard let condition = grant.condition(on: "environment") else { return nil }
            let others = all.filter { other in
                !other.isLocal && other.name != environment.name && other.isProtected != environment.isProtected
                    && condition.holds(for: Array(other.name.utf8))
            }
            for other in others {
                let asked = ClaimCondition.exactly("environment", [other.name], other.span)
                guard let exhibit = try review.exhibit(number, of: environment, by: [asked]) else { continue }
                return finding(
                    "a job of environment `\(other.name)` can use grant `\(grant.id)` of `\(environment.name)`",
                    condition.patterns.first { $0.glob.matches(Array(other.name.utf8)) }?.span ?? condition.span,
                    notes: ["token: \(exhibit.witness.text)"],
                    help: "pin `environment: \(environment.name)`, and give `\(other.name)` a grant of its own"
                )
            }
            return nil
        }
    }
}
