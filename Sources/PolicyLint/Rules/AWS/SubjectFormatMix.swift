internal import Diagnostics
internal import PolicyAnalysis

/// A08: only one of the two forms of `sub` is let in.
package struct SubjectFormatMix: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A08",
        "sub-format-mix",
        .warning,
        summary: "Only one of the two forms of `sub` is let in.",
        avoid: """
            "…:sub": "repo:acme/shop:environment:prod"
            """,
        prefer: """
            "…:sub": ["repo:acme/shop:environment:prod", "repo:acme@65/shop@456789:environment:prod"]
            """,
        why:
            "Repositories made, renamed or moved after 2026-07-15 have the form with ids, and the others the older one: a rename would stop the deployment. A trust policy does not say the ids, so nothing is mended."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.trusts.flatMap { trust in
            trust.firm("sub").compactMap { claim in
                let forms = Self.forms(of: claim.meaning)
                guard forms.count == 1, let form = forms.first, let value = claim.condition.values.first else {
                    return nil
                }
                return finding(
                    form == .classic
                        ? "a repository that is renamed or moved gets a `sub` with ids, which \(trust.statement.name) does not let in"
                        : "\(trust.statement.name) lets in no `sub` of the older form, which most repositories have",
                    value.span,
                    help:
                        "list both, `repo:OWNER/NAME:…` and `repo:OWNER@OWNER-ID/NAME@ID:…`, or ask for `repository_id`"
                )
            }
        }
    }

    private static func forms(of condition: TrustCondition) -> [SubjectForm] {
        SubjectForm.allCases.filter { form in
            condition.values.contains { form.canMeet($0) }
        }
    }
}
