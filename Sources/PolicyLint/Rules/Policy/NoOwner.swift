internal import Diagnostics
internal import Policy
internal import Secrets

/// P15: a protected secret that nobody rotates.
package struct NoOwner: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P15",
        "no-owner",
        .note,
        persona: .pedantic,
        summary: "A protected secret that nobody rotates.",
        avoid: """
            KEY: { from: "aws-sm:key" }
            """,
        prefer: """
            KEY: { from: "aws-sm:key", owner: "@acme/payments" }
            """,
        why: "When it leaks, nobody knows who can make a new one."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        (subject.policy?.environments ?? []).filter(\.isProtected).flatMap { environment in
            environment.secrets.filter { $0.owner == nil }.map { secret in
                finding("nobody is named who rotates `\(secret.name)`", secret.span, help: "add `owner:`")
            }
        }
    }
}
