internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// P13: a secret file that others can read, or that leaves the private folder.
package struct FileMode: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P13",
        "file-mode",
        .error,
        refusals: [
            .policyFile
        ],
        summary: "A secret file that others can read, or that leaves the private folder.",
        avoid: """
            file: { path: ../key, mode: "0644" }
            """,
        prefer: """
            file: { path: key, mode: "0400" }
            """,
        why: "Other programs of the machine would read the key, or find it after the job."
    )
}
