internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// P21: a grant of a protected environment without the pins it must have.
package struct ProtectedUnpinned: RefusalRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P21",
        "protected-unpinned",
        .error,
        refusals: [
            .policyProtected
        ],
        summary: "A grant of a protected environment without the pins it must have.",
        avoid: """
            when: { ref: refs/heads/main }
            """,
        prefer: """
            when: { event_name: push, ref: refs/heads/main, environment: prod }
            """,
        why:
            "What is worth protecting is opened only to a job that is named exactly: its event, its gate or its workflow, and the number of its repository."
    )
}
