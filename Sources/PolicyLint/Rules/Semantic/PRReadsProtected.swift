internal import Diagnostics
internal import Policy

/// S01: a pull request can read a protected secret.
package struct PRReadsProtected: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S01",
        "pr-reads-protected",
        .error,
        summary: "A pull request can read a protected secret.",
        avoid: """
            when: { event_name: [push, pull_request], environment: prod }
            """,
        prefer: """
            when: { event_name: push, environment: prod }
            """,
        why: "The code of a pull request runs before anybody has reviewed it, and it may send what it reads anywhere."
    )

    private static let events = ["pull_request", "pull_request_review", "pull_request_review_comment"]

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.protectedSites.flatMap { site in
            (site.patterns(of: "event_name") ?? []).filter { Self.events.contains($0.glob.text) }.map { pattern in
                finding(
                    "a job of event `\(pattern.glob.text)` can use grant `\(site.grant.id)`, before anybody has reviewed it",
                    pattern.span,
                    help: "remove the event, or give pull requests an environment of their own"
                )
            }
        }
    }
}
