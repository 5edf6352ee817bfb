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
        isFixable: true,
        summary: "A condition holds for a token without the claim, or is one for lists.",
        avoid: """
            "ForAllValues:StringLike": { "…:sub": "repo:acme/shop:*" }
            """,
        prefer: """
            "StringLike": { "…:sub": "repo:acme/shop:*" }
            """,
        why:
            "`ForAllValues` and `IfExists` hold where the key is absent or misspelled; a claim has one value, so no such operator is needed. `--fix` writes the plain operator where that lets in fewer tokens, which a `Deny` does not."
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
                    help: "write `\(test.plain)`",
                    fix: Self.fix(claim.condition, test, in: trust.statement)
                )
            }
        }
    }

    /// Writes the plain operator, where it lets in no token more and stands in the statement but once.
    private static func fix(_ condition: IAMCondition, _ test: IAMOperator, in statement: IAMStatement) -> LintFix? {
        let span = condition.test.span
        let isWritten = span.source.bytes[span.range].elementsEqual(condition.test.text.utf8)
        let isWider = statement.isDeny || test.isNull || test.isNegated && test.set == .any
        guard isWritten, !isWider else { return nil }
        let isAlone = statement.conditions.allSatisfy { other in
            if other.test.span.range == span.range { return other.key.text.lowercased().hasPrefix(GitHubTrust.host) }
            return IAMOperator(other.test.text)?.plain != test.plain
        }
        return isAlone ? LintFix(span.source, span.range, test.plain) : nil
    }
}
