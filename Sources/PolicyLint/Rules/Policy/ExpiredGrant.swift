internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// P10: a grant whose time is over.
package struct ExpiredGrant: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P10",
        "expired-grant",
        .warning,
        isFixable: true,
        summary: "A grant whose time is over.",
        avoid: """
            expires: "2025-01-01T00:00:00Z"
            """,
        prefer: """
            (no such grant)
            """,
        why: "Text that does nothing looks as if it did, and the next incident copies it."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.sites.filter { $0.grant.expires.map { $0 <= subject.now } ?? false }.map { site in
            finding(
                "grant `\(site.grant.id)` ended at \(Timestamp.text(site.grant.expires ?? 0))",
                subject.node(of: site)?["expires"]?.span ?? site.grant.span,
                help: "remove the grant",
                fix: fix(site, subject)
            )
        }
    }

    private func fix(_ site: GrantSite, _ subject: LintSubject) -> LintFix? {
        guard site.environment.grants.count > 1, let span = subject.node(of: site)?.span else { return nil }
        return .removingLines(from: span.range.lowerBound, through: span.range.upperBound, in: subject.source)
    }
}
