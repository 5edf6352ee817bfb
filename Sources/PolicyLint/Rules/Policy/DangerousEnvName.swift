internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// P12: a secret is delivered as a variable that makes programs run code.
package struct DangerousEnvName: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P12",
        "dangerous-env-name",
        .error,
        refusals: [
            .policyDangerousName
        ],
        summary: "A secret is delivered as a variable that makes programs run code.",
        avoid: """
            secrets: { BASH_ENV: { … } }
            """,
        prefer: """
            secrets: { DEPLOY_SETTINGS: { … } }
            """,
        why: "Whoever owns the value in the store would run code in the job."
    )
}
