package import OIDC
package import Secrets

/// What the job is: its verified token, and the token's own bytes, which must not be seen in a log.
package struct JobIdentity: Sendable {
    /// The token's claims, after every check.
    package let token: VerifiedToken
    /// Whom the token was verified to be for.
    package let audience: String
    /// The compact serialization; whoever has it can act as the job until it expires.
    package let credential: SecretBytes

    /// Pairs a verified token with its bytes.
    package init(token: VerifiedToken, audience: String, credential: SecretBytes) {
        self.token = token
        self.audience = audience
        self.credential = credential
    }
}
