package import Diagnostics

/// A fake token of this machine, made anew each time it is asked for.
package struct LocalTokenSource: TokenSource {
    private let issuer: SharedLocalIssuer
    private let claims: @Sendable (_ audience: String) throws(Diagnostic) -> FakeClaims

    /// A source of an issuer's tokens with the claims that `claims` makes for an audience.
    package init(
        issuer: SharedLocalIssuer,
        claims: @escaping @Sendable (_ audience: String) throws(Diagnostic) -> FakeClaims
    ) {
        self.issuer = issuer
        self.claims = claims
    }

    /// A token for an audience.
    package func token(audience: String) async throws(Diagnostic) -> UnverifiedToken {
        try issuer.issuer().token(try claims(audience))
    }
}
