package import OIDC
package import Policy

extension ClaimSet {
    /// The claims of a verified token that are text; no pattern matches anything else.
    package init(_ token: VerifiedToken) {
        self.init(
            verified: token.claims.compactMap { claim in
                guard case .text(let value) = claim.value else { return nil }
                return (name: claim.name, value: value)
            }
        )
    }
}
