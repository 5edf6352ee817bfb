internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// Y07: the file is no YAML.
package struct InvalidYAML: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "Y07",
        "invalid-yaml",
        .error,
        refusals: [
            .yamlSyntax,
            .yamlEmpty,
        ],
        summary: "The file is no YAML.",
        avoid: """
            read: [KEY
            """,
        prefer: """
            read: [KEY]
            """,
        why: "A file that cannot be read grants nothing, and every job fails."
    )
}
