internal import Diagnostics
internal import YAMLSyntax

/// W10: a script writes an injected secret into a file that GitHub hands to later steps.
package struct SecretToGitHubEnv: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W10",
        "secret-to-github-env",
        .error,
        confidence: .medium,
        summary: "A script writes an injected secret into a file that GitHub hands to later steps.",
        avoid: """
            echo "KEY=$KEY" >> "$GITHUB_ENV"
            """,
        prefer: """
            inject -- make deploy
            """,
        why: "Every later step and action gets the value, and the job's summary and outputs show it."
    )

    private static let files = ["GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_STATE"]

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let names = subject.secretNames
        return subject.injectJobs.flatMap { job in
            job.scripts.compactMap { node in
                Self.leak(of: names, in: node.text ?? "").map { name, file in
                    finding(
                        "job `\(job.id)` writes `\(name)` to `\(file)`",
                        node.span,
                        help: "keep the value in the command that inject starts"
                    )
                }
            }
        }
    }

    /// The secret that a line of a script expands together with one of the files.
    private static func leak(of names: [String], in script: String) -> (name: String, file: String)? {
        for line in script.split(whereSeparator: \.isNewline) {
            let expanded = ScriptLeak.variables(in: line)
            guard let file = files.first(where: expanded.contains) else { continue }
            if let name = names.first(where: expanded.contains) { return (name, file) }
        }
        return nil
    }
}
