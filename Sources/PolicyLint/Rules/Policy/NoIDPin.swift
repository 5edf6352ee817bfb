internal import Diagnostics
internal import Policy

/// P06: a repository is trusted by its name alone.
package struct NoIDPin: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P06",
        "no-id-pin",
        .warning,
        summary: "A repository is trusted by its name alone.",
        avoid: """
            repository: acme/shop
            """,
        prefer: """
            repository: acme/shop
            repository_id: "456789"
            """,
        why:
            "After a rename or a deletion somebody else can register the name, and their jobs have the same claims but for the number."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let policy = subject.policy, policy.issuer != .gitlab, !subject.jobSites.isEmpty else { return [] }
        guard let name = policy.implied.first(where: { $0.claim == "repository" }) else { return [] }
        let foreign = subject.jobSites.filter { $0.names("repository") && !$0.names("repository_id") }.map { site in
            finding(
                "grant `\(site.grant.id)` trusts a repository's name, which somebody can register again",
                site.grant.span,
                help: "add `repository_id` beside `repository` in its `when`"
            )
        }
        guard !policy.implied.contains(where: { $0.claim == "repository_id" }) else { return foreign }
        return foreign + [
            finding(
                "the policy trusts the repository's name, which somebody can register again after a rename",
                name.span,
                help: "add `repository_id:` with the number that `gh api repos/OWNER/NAME --jq .id` prints"
            )
        ]
    }
}
