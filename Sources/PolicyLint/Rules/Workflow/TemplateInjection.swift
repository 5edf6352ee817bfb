internal import Diagnostics
internal import YAMLSyntax

/// W11: text that anybody can choose becomes part of a script in a job that runs inject.
package struct TemplateInjection: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W11",
        "template-injection",
        .error,
        isFixable: true,
        summary: "Text that anybody can choose becomes part of a script in a job that runs inject.",
        avoid: """
            run: echo "${{ github.event.pull_request.title }}"
            """,
        prefer: """
            env: { TITLE: "${{ github.event.pull_request.title }}" }
            run: echo "$TITLE"
            """,
        why:
            "The text is pasted before the shell reads the script, so a title can hold commands that run beside the secrets. `--fix` makes a variable of what stands between double quotes of a script for `sh` or `bash`."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.injectJobs.flatMap { job in
            job.steps.compactMap { step in
                guard let node = WorkflowJob.script(of: step),
                    let expression = Self.expression(in: node.text ?? "")
                else { return nil }
                return finding(
                    "`\(expression)` becomes part of a script in job `\(job.id)`, which holds secrets",
                    node.span,
                    help: "put the expression into `env` and use the variable in the script",
                    fix: ExpressionVariables(step, of: job).fix
                )
            }
        }
    }

    /// Whether an expression is on something that whoever starts the workflow can choose.
    static func isChosen(_ expression: String) -> Bool { WorkflowExpression(expression).isChosen }

    private static func expression(in script: String) -> String? {
        WorkflowExpression.all(in: script).first(where: \.isChosen)?.text
    }
}
