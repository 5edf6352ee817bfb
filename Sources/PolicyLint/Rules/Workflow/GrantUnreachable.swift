internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// W04: a grant that no job of the repository can use.
package struct GrantUnreachable: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W04",
        "grant-unreachable-by-workflow",
        .note,
        confidence: .medium,
        summary: "A grant that no job of the repository can use.",
        avoid: """
            when: { event_name: schedule, … }   # and no workflow has a schedule
            """,
        prefer: """
            (no such grant)
            """,
        why: "What was for a workflow that is gone waits for somebody to make it again."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let policy = subject.policy, let review = subject.review, policy.issuer == .github,
            subject.workflows.count == subject.repository.workflows.count, !subject.injectRuns.isEmpty
        else { return [] }
        let jobs = subject.injectRuns.flatMap { $0.alternatives(on: subject.claims, of: policy) }
        let own = jobs.first?.filter { $0.claim == "repository" } ?? []
        return policy.environments.filter { !$0.isLocal }.flatMap { environment -> [LintFinding] in
            // Of what other repositories do, and of emergencies, nothing is known here.
            let expected = review.usableGrants(of: environment, by: own)
            let used = jobs.reduce(into: Set<Int>()) { $0.formUnion(review.usableGrants(of: environment, by: $1)) }
            return expected.subtracting(used).sorted().filter { !environment.grants[$0].isBreakGlass }.map { number in
                let grant = environment.grants[number]
                return finding(
                    "no job of the repository that runs inject can use grant `\(grant.id)`",
                    grant.span,
                    help: "remove it, or compare its claims with the workflow that it is for"
                )
            }
        }
    }
}
