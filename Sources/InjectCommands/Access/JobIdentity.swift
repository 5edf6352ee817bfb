internal import OIDC
internal import Secrets

/// What the job is: its verified token, and the token's own bytes, which must not be seen in a log.
struct JobIdentity: Sendable {
    let token: VerifiedToken
    let credential: SecretBytes
}
