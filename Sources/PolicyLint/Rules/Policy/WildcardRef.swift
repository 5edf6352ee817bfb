internal import Diagnostics
internal import Policy

/// P03: a grant takes any branch or tag, and no environment gates it.
package struct WildcardRef: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P03",
        "wildcard-ref",
        .warning,
        summary: "A grant takes any branch or tag, and no environment gates it.",
        avoid: """
            when: { event_name: push, ref: "refs/heads/*" }
            """,
        prefer: """
            when: { event_name: push, ref: refs/heads/main }
            """,
        why: "Whoever can push a branch reads the secret, before anybody has looked at the change."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.jobSites.filter { !$0.environment.name.hasPrefix("preview") && !$0.names("environment") }
            .flatMap(findings)
    }

    private func findings(_ site: GrantSite) -> [LintFinding] {
        guard let patterns = site.patterns(of: "ref") else {
            guard !site.names("workflow_ref"), !site.names("sha") else { return [] }
            return [
                finding(
                    "grant `\(site.grant.id)` names no `ref`, so any branch anyone can push will do",
                    site.grant.span,
                    help: "add `ref: refs/heads/main`, or `environment:` with a protected environment"
                )
            ]
        }
        return patterns.filter { Self.isOpen($0.glob.text) }.map { pattern in
            finding(
                "grant `\(site.grant.id)` can be used from any branch or tag that `\(pattern.glob.text)` matches",
                pattern.span,
                label: "anyone who can push",
                help: "pin the branch, or add `environment:` with a protected environment"
            )
        }
    }

    /// Whether a star stands for a whole segment, so that a name of one's own choice will do.
    private static func isOpen(_ pattern: String) -> Bool {
        let segments = pattern.utf8.split(separator: UInt8(ascii: "/"))
        let star = segments.firstIndex { $0.count <= 2 && $0.allSatisfy { $0 == UInt8(ascii: "*") } }
        guard let star else { return false }
        return star <= 2
    }
}
