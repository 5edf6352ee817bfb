internal import Diagnostics
internal import YAMLSyntax

/// Reads `allow_widening` and `reason` of an exchange with AWS.
struct WideningParser {
    let findings: Findings
    let conditions: ConditionParser

    /// The widening of an `exchange`; what else is wrong with it has been reported by its own parser.
    func widening(_ exchange: YAMLNode.Pair?) -> PolicyWidening? {
        guard let aws = pair("aws", in: exchange?.value) else { return nil }
        let reason = pair("reason", in: aws.value)
        guard let allowed = pair("allow_widening", in: aws.value) else {
            if let reason {
                let message = "there is no `allow_widening` for this `reason`"
                findings.report(.policyMissingKey, message, reason.keySpan, help: "remove it, or name the claims")
            }
            return nil
        }
        guard let reason, let text = findings.text(reason.value, "reason") else {
            if reason == nil {
                findings.report(
                    .policyMissingKey,
                    "AWS would let in what the policy does not, and nobody says why that is acceptable",
                    allowed.keySpan,
                    help: "add `reason:` beside `allow_widening`"
                )
            }
            return nil
        }
        let claims = findings.texts(allowed.value, "allow_widening").filter(isKnown).map(\.text)
        return PolicyWidening(claims: claims, reason: text, span: allowed.value.span.firstLine)
    }

    private func isKnown(_ claim: (text: String, span: SourceSpan)) -> Bool {
        guard conditions.issuer == .github, claim.text != "read", !ClaimNames.isGitHub(claim.text) else { return true }
        let meant = findings.nearest(to: claim.text, among: ClaimNames.github + ["read"])
        findings.report(
            .policyUnknownClaim,
            "no GitHub token has a claim `\(claim.text)`",
            claim.span,
            label: meant.map { "did you mean `\($0)`?" },
            help: "name a claim, or `read` for secrets that only another grant reads"
        )
        return false
    }

    private func pair(_ key: String, in node: YAMLNode?) -> YAMLNode.Pair? {
        guard case .mapping(let pairs) = node?.content else { return nil }
        return pairs.first { $0.key.utf8.elementsEqual(key.utf8) }
    }
}
