internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// Y06: the file is larger, deeper or longer than a policy may be.
package struct TooBig: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "Y06",
        "too-big",
        .error,
        refusals: [
            .yamlTooLarge
        ],
        summary: "The file is larger, deeper or longer than a policy may be.",
        avoid: """
            (300 KiB of grants)
            """,
        prefer: """
            (one policy for each repository)
            """,
        why: "Nobody reviews such a file, and whoever reads it for every token spends memory and time on it."
    )
}
