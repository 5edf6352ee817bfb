internal import Diagnostics

/// A10: a trust policy is longer than AWS takes.
package struct TrustPolicyTooLong: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A10",
        "trust-policy-too-long",
        .error,
        summary: "A trust policy is longer than AWS takes.",
        avoid: """
            2,049 characters and more
            """,
        prefer: """
            one role for each environment
            """,
        why:
            "A trust policy may have 2,048 characters without white space, and 4,096 where the quota was raised: the deployment would fail."
    )

    /// The most characters by AWS's own quotas, and the most that it raises them to.
    private static let quota = (usual: 2_048, raised: 4_096)

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.iamDocuments.filter { $0.isTrust && $0.length > Self.quota.usual }.map { document in
            finding(
                "the trust policy has \(document.length) characters, and AWS takes \(Self.quota.usual)",
                document.span,
                help: "give each environment a role of its own, or have the quota raised to \(Self.quota.raised)",
                severity: document.length > Self.quota.raised ? .error : .warning
            )
        }
    }
}
