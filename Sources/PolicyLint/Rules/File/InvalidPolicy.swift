internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// Y08: a part of the policy is missing, of the wrong kind or without a meaning.
package struct InvalidPolicy: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "Y08",
        "invalid-policy",
        .error,
        refusals: [
            .policyMissingKey,
            .policyWrongKind,
            .policyBadValue,
            .policyDuplicate,
            .policyReference,
            .policyBadName,
            .policyCollision,
            .policyPattern,
            .policyNegation,
        ],
        summary: "A part of the policy is missing, of the wrong kind or without a meaning.",
        avoid: """
            ttl: forever
            """,
        prefer: """
            ttl: 15m
            """,
        why: "The reader refuses what it does not understand instead of guessing."
    )
}
