internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// P02: a condition on a claim that cannot be matched, such as `sub`.
package struct MatchOnSub: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P02",
        "match-on-sub",
        .error,
        refusals: [
            .policyUnmatchableClaim
        ],
        summary: "A condition on a claim that cannot be matched, such as `sub`.",
        avoid: """
            when: { sub: "repo:acme/shop:*" }
            """,
        prefer: """
            when: { event_name: push, ref: refs/heads/main }
            """,
        why: "`sub` has two live formats, can be customised by an organisation, and hides the event."
    )
}
