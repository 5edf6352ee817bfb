/// The claims of a token whose signature, issuer, audience and times were checked.
///
/// Only `TokenVerifier` makes one; a policy takes nothing else.
package struct VerifiedToken: Sendable {
    /// The issuer, which is the configured one.
    package let issuer: String
    /// Every claim, in the order of the token.
    package let claims: [VerifiedClaim]
    /// The subject, opaque.
    package let subject: [UInt8]
    /// When it was issued, in seconds since the Unix epoch.
    package let issuedAt: Int64
    /// When it expires, in seconds since the Unix epoch.
    package let expiresAt: Int64
}
