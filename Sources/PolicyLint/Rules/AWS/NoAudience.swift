internal import Diagnostics
internal import PolicyAnalysis

/// A02: a role takes tokens that were made for somebody else.
package struct NoAudience: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A02",
        "no-aud",
        .error,
        summary: "A role takes tokens that were made for somebody else.",
        avoid: """
            "StringLike": { "…:sub": "repo:acme/shop:*" }
            """,
        prefer: """
            "StringEquals": { "…:aud": "sts.amazonaws.com" }
            """,
        why: "Whoever a job sends its token to could use it here."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.trusts.filter { !Self.pinsAudience($0) }.map { trust in
            finding(
                "\(trust.statement.name) takes tokens that were made for somebody else",
                trust.statement.span,
                help: "add `\"StringEquals\": { \"\(GitHubTrust.host):aud\": \"sts.amazonaws.com\" }`"
            )
        }
    }

    private static func pinsAudience(_ trust: GitHubTrust) -> Bool {
        trust.firm("aud").contains { claim in
            !claim.condition.values.isEmpty && claim.condition.values.allSatisfy { !$0.hasWildcard }
        }
    }
}
