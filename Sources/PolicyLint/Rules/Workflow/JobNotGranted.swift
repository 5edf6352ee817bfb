internal import Diagnostics
internal import Policy
internal import PolicyAnalysis
internal import YAMLSyntax

/// W03: a job runs inject, and no grant gives it anything.
package struct JobNotGranted: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W03",
        "job-not-granted",
        .error,
        summary: "A job runs inject, and no grant gives it anything.",
        avoid: """
            on: pull_request   # and every grant has `event_name: push`
            run: inject -- make deploy
            """,
        prefer: """
            on: push
            run: inject -- make deploy
            """,
        why: "The job fails when it runs, and only then."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let policy = subject.policy, let review = subject.review, policy.issuer == .github else { return [] }
        var seen: Set<String> = []
        return subject.injectRuns.flatMap { run -> [LintFinding] in
            let tokens = run.alternatives(on: subject.claims, of: policy)
            let calls = run.job.injectCalls.isEmpty ? [InjectCall([])] : run.job.injectCalls
            return calls.compactMap { call in
                let wanted = JobDemand(call, of: policy, review, tokens)
                guard let fault = wanted.fault else { return nil }
                guard seen.insert("\(run.job.workflow.path) \(run.job.id) \(fault)").inserted else { return nil }
                return finding(
                    "job `\(run.job.id)` \(fault)",
                    run.job.span,
                    notes: wanted.nearest.map { [$0] } ?? [],
                    help: "change the job or the grant; `inject explain` shows a token claim by claim"
                )
            }
        }
    }
}
