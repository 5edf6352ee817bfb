internal import Diagnostics
internal import YAMLSyntax

/// W05: a job that runs inject uses an action by a name that can be moved.
package struct UnpinnedAction: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W05",
        "unpinned-action",
        .warning,
        summary: "A job that runs inject uses an action by a name that can be moved.",
        avoid: """
            uses: actions/checkout@v4
            """,
        prefer: """
            uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
            """,
        why:
            "Whoever moves the tag runs code beside the secrets, as happened to tj-actions/changed-files (CVE-2025-30066)."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.injectJobs.flatMap { job in
            job.uses.filter { !Self.isPinned($0.text ?? "") }.map { node in
                finding(
                    "`\(node.text ?? "")` can be made to point at other code, and job `\(job.id)` holds secrets",
                    node.span,
                    help: "name the full commit id, and the tag in a comment"
                )
            }
        }
    }

    /// A path of the repository itself moves with the workflow.
    private static func isPinned(_ text: String) -> Bool {
        guard !text.hasPrefix("./"), !text.hasPrefix("$/"), !text.contains("@sha256:") else { return true }
        guard let ref = text.split(separator: "@").last, ref.utf8.count == 40 else { return false }
        return ref.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
