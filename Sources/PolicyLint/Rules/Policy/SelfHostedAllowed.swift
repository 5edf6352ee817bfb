internal import Diagnostics
internal import Policy

/// P19: a protected environment that jobs on self-hosted runners can open.
package struct SelfHostedAllowed: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P19",
        "self-hosted-allowed",
        .note,
        persona: .auditor,
        summary: "A protected environment that jobs on self-hosted runners can open.",
        avoid: """
            when: { event_name: push, environment: prod }
            """,
        prefer: """
            when: { event_name: push, environment: prod, runner_environment: github-hosted }
            """,
        why: "An earlier job may have left something on such a machine that reads the next one."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let isDenied = subject.policy?.denies.contains { rule in
            rule.conditions.allSatisfy { $0.claim == "runner_environment" } && !rule.conditions.isEmpty
        }
        guard isDenied != true else { return [] }
        return subject.protectedSites.filter { !$0.names("runner_environment") }.map { site in
            finding(
                "grant `\(site.grant.id)` can be used on a self-hosted runner",
                site.grant.span,
                help: "add `runner_environment: github-hosted`, or deny `self-hosted`"
            )
        }
    }
}
