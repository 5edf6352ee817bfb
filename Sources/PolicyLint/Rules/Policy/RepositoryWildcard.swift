internal import Diagnostics
internal import Policy

/// P01: a grant takes jobs of any repository of an owner.
package struct RepositoryWildcard: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P01",
        "repository-wildcard",
        .error,
        summary: "A grant takes jobs of any repository of an owner.",
        avoid: """
            when: { repository: "acme/*", event_name: push }
            """,
        prefer: """
            when: { repository: acme/tools, repository_id: "1234", event_name: push }
            """,
        why: "Whoever can make a repository there, or push to the least guarded one, reads the secret."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.sites.flatMap { site in
            ["repository", "repository_owner", "project_path"].flatMap { claim in
                (site.patterns(of: claim) ?? []).filter { !$0.glob.isLiteral }.map { pattern in
                    finding(
                        "grant `\(site.grant.id)` takes jobs of every repository that `\(pattern.glob.text)` matches",
                        pattern.span,
                        help: "list the repositories, each with its `repository_id`"
                    )
                }
            }
        }
    }
}
