internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// Y04: a key or claim that does not exist.
package struct UnknownKey: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "Y04",
        "unknown-key",
        .error,
        refusals: [
            .policyUnknownKey,
            .policyUnknownClaim,
        ],
        summary: "A key or claim that does not exist.",
        avoid: """
            when: { enviroment: prod }
            """,
        prefer: """
            when: { environment: prod }
            """,
        why: "A condition that is spelled wrong would be no condition, and the grant would be wider than it looks."
    )
}
