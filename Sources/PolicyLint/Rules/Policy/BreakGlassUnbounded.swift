internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// P11: a break-glass grant without an end within a day, or without a gate.
package struct BreakGlassUnbounded: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P11",
        "break-glass-unbounded",
        .error,
        refusals: [
            .policyBreakGlass
        ],
        summary: "A break-glass grant without an end within a day, or without a gate.",
        avoid: """
            reason: "restore"
            """,
        prefer: """
            reason: "restore"
            not_before: "2026-11-23T20:00:00Z"
            expires: "2026-11-24T02:00:00Z"
            """,
        why: "What was opened in a hurry stays open as a back door."
    )
}
