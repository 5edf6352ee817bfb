internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// P09: a grant or rule names a secret that the policy does not have.
package struct UnknownSecret: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P09",
        "unknown-secret",
        .error,
        refusals: [
            .policyUnknownSecret
        ],
        summary: "A grant or rule names a secret that the policy does not have.",
        avoid: """
            read: [DATABSE_URL]
            """,
        prefer: """
            read: [DATABASE_URL]
            """,
        why: "A job would start without the secret, or a deny would protect nothing."
    )
}
