internal import Diagnostics
internal import PolicyAnalysis

/// A09: two operators ask for the same claim, and both have to hold.
package struct ExactAndWildcardAnded: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A09",
        "exact-and-wildcard-anded",
        .warning,
        summary: "Two operators ask for the same claim, and both have to hold.",
        avoid: """
            "StringEquals": { "…:sub": "repo:acme/shop:environment:prod" },
            "StringLike": { "…:sub": "repo:acme/web:*" }
            """,
        prefer: """
            two statements, or one operator with a list
            """,
        why: "Operators of a statement are joined by and: meant as alternatives, they let nobody in."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.trusts.flatMap { trust -> [LintFinding] in
            var seen: Set<String> = []
            return trust.claims.filter { !$0.meaning.isNegated && !$0.meaning.values.isEmpty }.compactMap { claim in
                let isFirst = seen.insert(claim.meaning.claim).inserted
                guard !isFirst else { return nil }
                return finding(
                    "`\(claim.meaning.claim)` has to meet two operators at once in \(trust.statement.name)",
                    claim.condition.key.span,
                    help: "put the values into one list, or make two statements"
                )
            }
        }
    }
}
