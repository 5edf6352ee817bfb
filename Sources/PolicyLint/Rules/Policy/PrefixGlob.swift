internal import Diagnostics
internal import Policy

/// P04: a branch pattern with a star behind a name.
package struct PrefixGlob: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P04",
        "prefix-glob",
        .warning,
        summary: "A branch pattern with a star behind a name.",
        avoid: """
            ref: "refs/heads/main*"
            """,
        prefer: """
            ref: refs/heads/main
            """,
        why: "The pattern also takes `main-evil`, a branch that no protection rule covers."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.jobSites.flatMap { site in
            (site.patterns(of: "ref") ?? []).filter { Self.isPrefix($0.glob.text) }.map { pattern in
                finding(
                    "`\(pattern.glob.text)` also takes `\(pattern.glob.text.replacing("*", with: "-evil"))`",
                    pattern.span,
                    help: "name the branch, or end the pattern at a `/`"
                )
            }
        }
    }

    private static func isPrefix(_ pattern: String) -> Bool {
        let star = UInt8(ascii: "*")
        guard pattern.utf8.starts(with: "refs/heads/".utf8),
            let last = pattern.utf8.split(separator: UInt8(ascii: "/")).last
        else { return false }
        return last.contains(star) && last.first != star
    }
}
