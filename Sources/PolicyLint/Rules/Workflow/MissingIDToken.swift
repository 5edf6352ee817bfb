internal import Diagnostics

/// W01: a job runs inject and may not ask for a token.
package struct MissingIDToken: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W01",
        "missing-id-token",
        .error,
        isFixable: true,
        summary: "A job runs inject and may not ask for a token.",
        avoid: """
            permissions: { contents: read }
            """,
        prefer: """
            permissions: { contents: read, id-token: write }
            """,
        why:
            "inject would fail in that job. The permissions of a job replace those of its workflow. `--fix` adds the permission where a list of permissions is there to add it to."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        var seen: Set<String> = []
        return subject.injectRuns.compactMap { run in
            guard let job = run.withoutToken, seen.insert("\(job.workflow.path) \(job.id)").inserted else { return nil }
            let isCaller = !job.runsInject
            return finding(
                isCaller
                    ? "job `\(job.id)` calls a workflow that runs inject, and has no token to hand on"
                    : "job `\(job.id)` runs inject and may not ask for a token",
                job.span,
                help: "add `permissions: { contents: read, id-token: write }` to the job",
                fix: TokenPermission.fix(job)
            )
        }
    }
}
