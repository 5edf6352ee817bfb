internal import Diagnostics
internal import YAMLSyntax

/// W12: a job that runs inject leaves its token in the checkout and uploads files.
package struct PersistCredentials: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W12",
        "persist-credentials",
        .warning,
        confidence: .medium,
        isFixable: true,
        summary: "A job that runs inject leaves its token in the checkout and uploads files.",
        avoid: """
            - uses: actions/checkout@…
            - uses: actions/upload-artifact@…
            """,
        prefer: """
            - uses: actions/checkout@…
              with: { persist-credentials: false }
            """,
        why: "The checkout's settings hold the job's token, and whoever reads the artifact gets it."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.injectJobs.filter { job in
            job.steps.contains { Self.uses("actions/upload-artifact", $0) }
        }.flatMap { job in
            job.steps.filter { Self.uses("actions/checkout", $0) && !Self.forgets($0) }.compactMap { step in
                guard let node = step["uses"] else { return nil }
                return finding(
                    "job `\(job.id)` uploads files beside a checkout that keeps the job's token",
                    node.span,
                    help: "give the checkout `with: { persist-credentials: false }`",
                    fix: Self.fix(step, node)
                )
            }
        }
    }

    private static func uses(_ action: String, _ step: YAMLNode) -> Bool {
        (step["uses"]?.text ?? "").split(separator: "@").first.map { $0 == action } ?? false
    }

    private static func forgets(_ step: YAMLNode) -> Bool {
        step["with"]?["persist-credentials"]?.text == "false"
    }

    /// Sets the input: in the place of its value, beside the others, or behind the action.
    private static func fix(_ step: YAMLNode, _ action: YAMLNode) -> LintFix? {
        guard let inputs = step["with"] else {
            return .adding("with: { persist-credentials: false }", to: step, behind: step.pair("uses"))
        }
        if let value = inputs["persist-credentials"] { return LintFix(value.span.source, value.span.range, "false") }
        return .adding("persist-credentials: false", to: inputs, behind: inputs.pairs.last)
    }
}
