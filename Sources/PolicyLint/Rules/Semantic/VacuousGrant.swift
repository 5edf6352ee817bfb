internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// S08: a grant that no job can ever use.
package struct VacuousGrant: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S08",
        "vacuous",
        .error,
        summary: "A grant that no job can ever use.",
        avoid: """
            when: { event_name: push, ref: "refs/pull/*/merge" }
            """,
        prefer: """
            when: { event_name: push, ref: "refs/heads/*" }
            """,
        why: "What looks like a rule is none, and the deployment that needs it fails."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        review(subject, of: subject.environments) { (review, environment, number) throws(AnalysisError) in
            let grant = environment.grants[number]
            guard !review.isUsable(number, of: environment), let policy = subject.policy else { return nil }
            let all = policy.impliedConditions(of: grant) + grant.conditions
            let culprits = grant.conditions.filter { culprit in
                review.isPossible(all.filter { $0.claim != culprit.claim }, in: environment)
            }
            let names = culprits.map { "`\($0.claim)`" }.joined(separator: " or ")
            return finding(
                "no job can ever use grant `\(grant.id)`: its conditions exclude one another",
                culprits.first?.span ?? grant.span,
                help: names.isEmpty ? "compare its conditions with a token of the job" : "change \(names)"
            )
        }
    }
}
