internal import Diagnostics
internal import Policy

/// S04: a job that acts on what strangers send can read a secret.
package struct PRTargetWithSecret: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S04",
        "pr-target-with-secret",
        .error,
        summary: "A job that acts on what strangers send can read a secret.",
        avoid: """
            when: { event_name: pull_request_target, ref: refs/heads/main }
            """,
        prefer: """
            when: { event_name: push, ref: refs/heads/main }
            """,
        why: "Such events run with the rights of the default branch and with input that anybody can choose."
    )

    private static let events = [
        "pull_request_target", "workflow_run", "issue_comment", "issues", "discussion", "discussion_comment",
    ]

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.jobSites.flatMap { site in
            (site.patterns(of: "event_name") ?? []).filter { pattern in
                Self.events.contains { pattern.glob.matches(Array($0.utf8)) }
            }.map { pattern in
                finding(
                    "grant `\(site.grant.id)` gives a secret to jobs that act on what strangers send",
                    pattern.span,
                    help:
                        "split the workflow: one that reads the input, and one that a push starts and that has the secret"
                )
            }
        }
    }
}
