internal import Diagnostics
internal import Policy

/// P20: a grant trusts a user's name.
package struct ActorAsAuthz: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P20",
        "actor-as-authz",
        .warning,
        summary: "A grant trusts a user's name.",
        avoid: """
            when: { event_name: workflow_dispatch, actor: dana }
            """,
        prefer: """
            when: { event_name: workflow_dispatch, actor_id: "1001" }
            """,
        why: "Names change hands; the number does not."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.sites.compactMap { site in
            site.grant.condition(on: "actor").map { condition in
                finding(
                    "grant `\(site.grant.id)` trusts a user's name, which somebody else can take",
                    condition.span,
                    help: "match `actor_id`; `gh api users/NAME --jq .id` prints it"
                )
            }
        }
    }
}
