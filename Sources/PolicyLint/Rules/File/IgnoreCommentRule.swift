internal import Diagnostics
internal import Policy

/// Y09: a comment that silences a rule without a reason, or a rule that does not exist.
package struct IgnoreCommentRule: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "Y09",
        "ignore-comment",
        .error,
        summary: "A comment that silences a rule without a reason, or a rule that does not exist.",
        avoid: """
            ref: "refs/**"  # inject: ignore[P03]
            """,
        prefer: """
            ref: "refs/**"  # inject: ignore[P03] previews hold test data only
            """,
        why: "Whoever reads the exception later must know whether it still holds."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let comments = IgnoreComments(in: [subject.source] + subject.repository.sources).comments
        let settings = subject.policy?.lint.ignored ?? []
        return comments.flatMap(findings)
            + settings.filter { !Self.exists($0.rule) }.map { unknown($0.rule, $0.span) }
    }

    private func findings(_ comment: IgnoreComments.Comment) -> [LintFinding] {
        let help = "write `# inject: ignore[RULE] reason`"
        guard !comment.rules.isEmpty else { return [finding("this comment names no rule", comment.span, help: help)] }
        guard !comment.reason.isEmpty else {
            return [finding("this comment silences a rule and does not say why", comment.span, help: help)]
        }
        return comment.rules.filter { !Self.exists($0) }.map { unknown($0, comment.span) }
    }

    private func unknown(_ name: String, _ span: SourceSpan) -> LintFinding {
        finding("there is no rule `\(name)`", span, help: "`inject lint --explain all` lists the rules")
    }

    private static func exists(_ name: String) -> Bool { RuleCatalogue.rule(called: name) != nil }
}
