internal import Diagnostics
internal import Policy
internal import Secrets
internal import YAMLSyntax

/// P08: a secret that no grant reads.
package struct UnusedSecret: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P08",
        "unused-secret",
        .warning,
        isFixable: true,
        summary: "A secret that no grant reads.",
        avoid: """
            secrets: { OLD_KEY: { … } }
            """,
        prefer: """
            secrets: {}
            """,
        why: "What nobody uses still leaks, and is never rotated."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        (subject.policy?.environments ?? []).flatMap { environment in
            environment.secrets.filter { secret in !environment.grants.contains { $0.reads(secret.name) } }.map {
                secret in
                finding(
                    "no grant of `\(environment.name)` reads `\(secret.name)`",
                    secret.span,
                    help: "remove it, or name it in a grant's `read`",
                    fix: fix(secret, environment, subject)
                )
            }
        }
    }

    private func fix(_ secret: SecretEntry, _ environment: PolicyEnvironment, _ subject: LintSubject) -> LintFix? {
        guard environment.secrets.count > 1, !environment.grants.isEmpty else { return nil }
        guard let pair = subject.node(of: environment)?["secrets"]?.pair(secret.name.text) else { return nil }
        let range = pair.keySpan.range.lowerBound..<pair.value.span.range.upperBound
        return .removingLines(from: range.lowerBound, through: range.upperBound, in: subject.source)
    }
}
