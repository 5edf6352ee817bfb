internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// Y05: a character that a reviewer cannot see or tell from another.
package struct UnicodeConfusable: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "Y05",
        "unicode-confusable",
        .error,
        refusals: [
            .yamlEncoding,
            .yamlByteOrderMark,
            .yamlTab,
        ],
        summary: "A character that a reviewer cannot see or tell from another.",
        avoid: """
            ref: refs/heads/ma\\u200Ein
            """,
        prefer: """
            ref: refs/heads/main
            """,
        why: "Text that reads differently from what it is hides a branch or a repository in plain sight."
    )
}
