internal import Diagnostics
internal import YAMLSyntax

/// W07: a workflow that runs inject hands every secret of the repository to another.
package struct SecretsInherit: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W07",
        "secrets-inherit",
        .warning,
        summary: "A workflow that runs inject hands every secret of the repository to another.",
        avoid: """
            secrets: inherit
            """,
        prefer: """
            secrets: { TOKEN: "${{ secrets.TOKEN }}" }
            """,
        why: "The called workflow gets secrets that no policy decided about."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let involved = Set(subject.injectRuns.flatMap { ($0.callers + [$0.job]).map(\.workflow.path) })
        return subject.workflows.filter { workflow in
            workflow.jobs.contains(where: \.runsInject) || involved.contains(workflow.path)
        }.flatMap(\.jobs).compactMap { job in
            guard let node = job.node["secrets"], node.text == "inherit" else { return nil }
            return finding(
                "job `\(job.id)` hands every secret of the repository on",
                node.span,
                help: "list the secrets that the called workflow needs"
            )
        }
    }
}
