internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// Y01: the same key stands twice in a map.
package struct DuplicateKey: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "Y01",
        "duplicate-key",
        .error,
        refusals: [
            .yamlDuplicateKey
        ],
        summary: "The same key stands twice in a map.",
        avoid: """
            prod: { … }
            prod: { … }
            """,
        prefer: """
            prod: { … }
            """,
        why: "Readers disagree on which of the two counts, so a later grant can hide the one that was reviewed."
    )
}
