internal import Diagnostics
internal import Policy

/// P05: another repository's workflow is trusted at a ref that can be moved.
package struct MutableWorkflowRef: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P05",
        "mutable-workflow-ref",
        .warning,
        summary: "Another repository's workflow is trusted at a ref that can be moved.",
        avoid: """
            job_workflow_ref: acme/ci/.github/workflows/deploy.yml@refs/tags/v1
            """,
        prefer: """
            job_workflow_ref: acme/ci/.github/workflows/deploy.yml@11bd71901bbe5b1630ceea73d27597364c9af683
            """,
        why: "Whoever moves the tag or pushes to the branch there changes what holds the secret here."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let own = subject.policy?.repository.map { $0 + "/" }
        return subject.jobSites.flatMap { site in
            (site.patterns(of: "job_workflow_ref") ?? []).filter { pattern in
                let text = pattern.glob.text
                return !Self.isPinned(text) && own.map { !text.utf8.starts(with: $0.utf8) } ?? true
            }.map { pattern in
                finding(
                    "`\(pattern.glob.text)` can be made to point at other code",
                    pattern.span,
                    help: "end it with `@` and the full commit id"
                )
            }
        }
    }

    private static func isPinned(_ text: String) -> Bool {
        guard let ref = text.split(separator: "@", omittingEmptySubsequences: false).last, ref.utf8.count == 40 else {
            return false
        }
        return ref.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
