internal import Diagnostics
internal import PolicyAnalysis

/// A05: a role trusts all repositories of an owner, or names that begin alike.
package struct SubjectWildcardOrg: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A05",
        "sub-wildcard-org",
        .error,
        summary: "A role trusts all repositories of an owner, or names that begin alike.",
        avoid: """
            "StringLike": { "…:sub": "repo:acme/*" }
            """,
        prefer: """
            "StringLike": { "…:sub": ["repo:acme/shop:*", "repo:acme/web:*"] }
            """,
        why:
            "`repo:acme*` is also `acme-evil/anything`, `repo:acme/app*` also `acme/app-fork`, and whoever can make a repository gets the role."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.trusts.filter { $0.reach == .owner }.flatMap { trust -> [LintFinding] in
            let wide = (trust.firm("sub") + trust.firm("repository")).flatMap { claim in
                claim.condition.values.filter { trust.reach(of: $0, claim) < .repositories }
            }
            let spans = wide.isEmpty ? [trust.statement.span] : wide.map(\.span)
            return spans.map { span in
                finding(
                    "\(trust.statement.name) lets in jobs of repositories that it does not name",
                    span,
                    notes: trust.example,
                    help: "list the repositories, each up to its colon: `repo:OWNER/NAME:…`"
                )
            }
        }
    }
}
