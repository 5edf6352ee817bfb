internal import Diagnostics

/// A01: a role trusts jobs of any repository on GitHub.
package struct NoSubject: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A01",
        "no-sub",
        .error,
        summary: "A role trusts jobs of any repository on GitHub.",
        avoid: """
            "Condition": { "StringEquals": { "…:aud": "sts.amazonaws.com" } }
            """,
        prefer: """
            "StringEquals": { "…:repository_id": "456789", "…:aud": "sts.amazonaws.com" }
            """,
        why: "Anybody can make a repository and a token of it; roles like this one were found and used."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.trusts.filter { $0.reach == .anybody }.map { trust in
            finding(
                "\(trust.statement.name) lets in jobs of any repository on GitHub",
                trust.statement.span,
                notes: trust.example,
                help: "ask for `repository_id`, or for a `sub` that begins with `repo:OWNER/NAME:`"
            )
        }
    }
}
