internal import Diagnostics
internal import Policy

/// P07: a grant that does not say which event it is for.
package struct NoEvent: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P07",
        "no-event",
        .warning,
        summary: "A grant that does not say which event it is for.",
        avoid: """
            when: { ref: refs/heads/main }
            """,
        prefer: """
            when: { event_name: push, ref: refs/heads/main }
            """,
        why:
            "A merged pull request and `pull_request_target` run with the ref of the branch, so a ref alone does not keep them out."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.jobSites.filter { !$0.names("event_name") && !$0.names("pipeline_source") }.map { site in
            finding(
                "grant `\(site.grant.id)` holds for every event, also for those of pull requests",
                site.grant.span,
                help: "add `event_name: push`, or the events that are meant"
            )
        }
    }
}
