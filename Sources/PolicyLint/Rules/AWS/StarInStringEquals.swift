internal import Diagnostics
internal import PolicyAnalysis

/// A04: a star where it is only a star.
package struct StarInStringEquals: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A04",
        "star-in-stringequals",
        .warning,
        summary: "A star where it is only a star.",
        avoid: """
            "StringEquals": { "…:sub": "repo:acme/shop:*" }
            """,
        prefer: """
            "StringLike": { "…:sub": "repo:acme/shop:*" }
            """,
        why: "Nothing ever matches, and the next attempt is usually far too wide."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.trusts.flatMap(\.claims).flatMap { claim -> [LintFinding] in
            guard let test = IAMOperator(claim.condition.test.text), !test.hasWildcards, !test.isNull else { return [] }
            return claim.condition.values.filter { $0.isKnown && Self.hasStar($0.text) }.map { value in
                finding(
                    "`\(claim.condition.test.text)` compares with a star, and no `\(claim.meaning.claim)` has one",
                    value.span,
                    help: "write the whole value, or `\(test.isNegated ? "StringNotLike" : "StringLike")`"
                )
            }
        }
    }

    private static func hasStar(_ text: String) -> Bool { text.replacing("${*}", with: "").contains("*") }
}
