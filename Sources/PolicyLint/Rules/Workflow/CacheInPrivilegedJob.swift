internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// W13: a job that can read protected secrets restores a cache.
package struct CacheInPrivilegedJob: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W13",
        "cache-in-privileged-job",
        .warning,
        confidence: .medium,
        summary: "A job that can read protected secrets restores a cache.",
        avoid: """
            uses: actions/cache@…
            run: inject -- make
            """,
        prefer: """
            run: inject -- make
            """,
        why: "Another job can have put code into the cache, which then runs beside the secrets."
    )

    private static let actions = ["actions/cache", "actions/cache/restore", "Swatinem/rust-cache"]

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let privileged = Set(
            subject.injectRuns.filter { subject.canUse($0, where: \.isProtected) }.map {
                "\($0.job.workflow.path) \($0.job.id)"
            })
        return subject.injectJobs.filter { privileged.contains("\($0.workflow.path) \($0.id)") }.flatMap { job in
            job.uses.compactMap { node in
                guard let action = (node.text ?? "").split(separator: "@").first.map(String.init) else { return nil }
                guard Self.actions.contains(action) else { return nil }
                return finding(
                    "job `\(job.id)` can read protected secrets and restores a cache with `\(action)`",
                    node.span,
                    help: "build in a job without secrets, and hand the result on as an artifact"
                )
            }
        }
    }
}
