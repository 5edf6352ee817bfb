internal import Diagnostics
internal import YAMLSyntax

/// W06: a privileged event checks out a stranger's code in a job that runs inject.
package struct PRTargetCheckout: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W06",
        "pr-target-checkout",
        .error,
        summary: "A privileged event checks out a stranger's code in a job that runs inject.",
        avoid: """
            on: pull_request_target
            …
            with: { ref: "${{ github.event.pull_request.head.sha }}" }
            """,
        prefer: """
            on: push
            """,
        why: "The job has the rights of the default branch and runs code that nobody has reviewed."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let privileged = ["pull_request_target", "workflow_run", "issue_comment"]
        return subject.injectJobs.filter { $0.workflow.events.contains(where: privileged.contains) }.flatMap { job in
            job.steps.compactMap { $0["with"]?["ref"] }.filter { node in
                Self.isStrange(node.text ?? "")
            }.map { node in
                finding(
                    "job `\(job.id)` holds secrets and checks out what a stranger wrote",
                    node.span,
                    help: "split the workflow: what runs the change must not run inject"
                )
            }
        }
    }

    /// Whether a ref is one of a pull request: its head, or what merging it would make.
    private static func isStrange(_ ref: String) -> Bool {
        ref.contains("refs/pull/")
            || WorkflowExpression.all(in: ref).contains { expression in
                // `refs/heads/main` in quotes is three paths.
                expression.paths.contains { path in
                    path != "heads" && path.contains("head") || path.hasSuffix(".merge_commit_sha")
                }
            }
    }
}
