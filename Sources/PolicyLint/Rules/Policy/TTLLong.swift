internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// P14: a token for a protected environment that lives longer than half an hour, or longer than its grant.
package struct TTLLong: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P14",
        "ttl-long",
        .warning,
        summary: "A token for a protected environment that lives longer than half an hour, or longer than its grant.",
        avoid: """
            ttl: 1h
            """,
        prefer: """
            ttl: 10m
            """,
        why: "A stolen token is good until it ends."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.jobSites.compactMap { site in
            let grant = site.grant
            let window = grant.notBefore.flatMap { start in grant.expires.map { $0 - start } }
            let isLong = site.environment.isProtected && grant.ttl > 30 * 60
            guard isLong || window.map({ $0 < Int64(grant.ttl) }) == true else { return nil }
            return finding(
                "a token of grant `\(grant.id)` lives for \(grant.ttl / 60) minutes\(isLong ? "" : ", longer than the grant")",
                subject.node(of: site)?["ttl"]?.span ?? grant.span,
                help: "write a `ttl` as long as the job's use of the secret, such as 10m"
            )
        }
    }
}
