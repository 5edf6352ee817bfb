internal import Diagnostics
internal import YAMLSyntax

/// W16: a workflow calls another that GitHub will not run for it.
package struct WorkflowCallFault: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W16",
        "workflow-call",
        .error,
        summary: "A workflow calls another that GitHub will not run for it.",
        avoid: """
            uses: ./.github/workflows/deploy.yml   # which calls this one
            """,
        prefer: """
            uses: ./.github/workflows/build.yml
            """,
        why: "GitHub runs none of the workflow, and what a loop would do with secrets cannot be said."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.calls.faults.map { fault in
            switch fault {
            case .cycle(let node, let path):
                finding(
                    "workflows call each other in a circle",
                    node.span,
                    notes: [path.joined(separator: " calls ")],
                    help: "move what both need into a third workflow"
                )
            case .depth(let node):
                finding(
                    "more than \(WorkflowCalls.maximumDepth) levels of workflows call each other",
                    node.span,
                    help: "call the last ones from higher up"
                )
            case .missing(let node):
                finding(
                    "there is no readable workflow `\(node.text ?? "")`",
                    node.span,
                    help: "compare the path with the files in `.github/workflows`"
                )
            case .budget(let node):
                finding(
                    "workflows call each other more than \(WorkflowCalls.maximumRuns) times, and no further call was looked at",
                    node.span,
                    help: "call fewer workflows from each other"
                )
            }
        }
    }
}
