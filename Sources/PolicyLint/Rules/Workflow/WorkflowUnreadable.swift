internal import Diagnostics

/// W15: a workflow file that cannot be read.
package struct WorkflowUnreadable: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W15",
        "workflow-unreadable",
        .error,
        summary: "A workflow file that cannot be read.",
        avoid: """
            []
            """,
        prefer: """
            on: push
            jobs: { … }
            """,
        why: "What cannot be read cannot be checked, and GitHub does not run it either."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.workflowFaults.map { fault in
            let place = fault.place ?? .file(subject.source.name)
            return finding(fault.message, at: place, help: "mend or remove the file")
        }
    }
}
