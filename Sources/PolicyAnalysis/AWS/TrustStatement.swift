import AWSClient
package import Policy

/// A grant, or a rule that denies, as far as AWS can ask for it.
package struct TrustStatement: Sendable {
    /// The id of the grant or rule.
    package let id: String
    /// Whether it denies.
    package let isDeny: Bool
    /// What AWS asks for, in patterns as IAM reads them.
    package let conditions: [ClaimCondition]
    /// What a grant asks for of any claim, which `sub` may hold although AWS does not see the claim itself.
    package let subject: [ClaimCondition]
    /// The first second at which it holds.
    package let notBefore: Int64?
    /// The first second at which it holds no more.
    package let expires: Int64?

    init(_ grant: Grant, of policy: PolicyFile) {
        id = grant.id
        isDeny = false
        subject = (policy.impliedConditions(of: grant) + grant.conditions).map(\.crossing)
        conditions = subject.filter(\.isVisible)
        notBefore = grant.notBefore
        expires = grant.expires
    }

    /// A rule of which AWS can ask for everything; nil for any other.
    init?(_ rule: DenyRule) {
        guard rule.conditions.allSatisfy(\.isVisible) else { return nil }
        id = rule.id
        isDeny = true
        conditions = rule.conditions.map(\.crossing)
        subject = []
        notBefore = nil
        expires = nil
    }
}

extension ClaimCondition {
    fileprivate var isVisible: Bool { GitHubConditionKeys.claims.contains(claim) }

    fileprivate var crossing: ClaimCondition {
        ClaimCondition(
            claim: claim,
            patterns: patterns.map { ClaimPattern(glob: $0.glob.crossing, span: $0.span) },
            isNegated: isNegated,
            span: span
        )
    }
}
