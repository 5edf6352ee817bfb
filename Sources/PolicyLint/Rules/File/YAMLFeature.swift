internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// Y02: the file uses a part of YAML that lets one line act on others.
package struct YAMLFeature: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "Y02",
        "yaml-feature",
        .error,
        refusals: [
            .yamlAnchor,
            .yamlMergeKey,
            .yamlTag,
            .yamlComplexKey,
            .yamlSeveralDocuments,
        ],
        summary: "The file uses a part of YAML that lets one line act on others.",
        avoid: """
            when: { <<: *main }
            """,
        prefer: """
            when: { ref: refs/heads/main }
            """,
        why:
            "Anchors and merge keys make edits act from afar, aliases can grow without end, and a second document is read by nobody."
    )
}
