internal import Diagnostics
internal import PolicyAnalysis

/// A03: a condition holds for a token without the claim, or is one for lists.
package struct SetOperatorOnClaim: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A03",
        "set-operator",
        .error,
        summary: "A condition holds for a token without the claim, or is one for lists.",
        avoid: """
            "ForAllValues:StringLike": { "…:sub": "repo:acme/shop:*" }
            """,
        prefer: """
            "StringLike": { "…:sub": "repo:acme/shop:*" }
            """,
        why:
            "`ForAllValues` and `IfExists` hold where the key is absent or misspelled; a claim has one value, so no such operator is needed."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.trusts.flatMap { trust in
            trust.claims.compactMap { claim in
                guard let test = IAMOperator(claim.condition.test.text), test.set != nil || test.isIfExists else {
                    return nil
                }
                let name = claim.meaning.claim
                return finding(
                    claim.meaning.allowsAbsence
                        ? "`\(claim.condition.test.text)` also holds for a token without `\(name)`"
                        : "`\(claim.condition.test.text)` is for keys with several values, and `\(name)` has one",
                    claim.condition.test.span,
                    help: "write `\(test.plain)`"
                )
            }
        }
    }
}
