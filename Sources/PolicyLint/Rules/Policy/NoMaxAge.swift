internal import Diagnostics
internal import Policy
internal import Secrets

/// P16: a protected secret that may become any age.
package struct NoMaxAge: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P16",
        "no-max-age",
        .note,
        summary: "A protected secret that may become any age.",
        avoid: """
            KEY: { from: "aws-sm:key" }
            """,
        prefer: """
            KEY: { from: "aws-sm:key", max_age: 90d }
            """,
        why: "A secret that is never changed was seen by everybody who ever worked here."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        (subject.policy?.environments ?? []).filter(\.isProtected).flatMap { environment in
            environment.secrets.filter { $0.maximumAge == nil }.map { secret in
                let help = "add `max_age: 90d` to it or to `defaults`"
                return finding("`\(secret.name)` may become any age", secret.span, help: help)
            }
        }
    }
}
