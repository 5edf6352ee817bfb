/// A scoped token as the state knows it: its digest, whom it was given to, and what it opens.
package struct IssuedToken: Hashable, Sendable {
    /// The token's digest.
    package let digest: TokenDigest
    /// What makes the job's token unique, and is used up: its issuer and `jti`.
    package let use: TokenUse
    /// The claims of the job that records repeat, as name and value in turn.
    package let actor: [String]
    /// The policy's repository.
    package let repository: String
    /// The SHA-256 of the policy that decided, in hexadecimal; the token is good under that policy alone.
    package let policyDigest: String
    /// The grants that allowed, by id.
    package let grants: [String]
    /// What it opens.
    package let secrets: [SecretPath]
    /// When it was issued, in seconds since the Unix epoch.
    package let issuedAt: Int64
    /// The first second in which it opens nothing.
    package let expiresAt: Int64

    /// Describes a token.
    package init(
        digest: TokenDigest,
        use: TokenUse,
        actor: [String],
        repository: String,
        policyDigest: String,
        grants: [String],
        secrets: [SecretPath],
        issuedAt: Int64,
        expiresAt: Int64
    ) {
        self.digest = digest
        self.use = use
        self.actor = actor
        self.repository = repository
        self.policyDigest = policyDigest
        self.grants = grants
        self.secrets = secrets
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }

    /// The scope as OAuth writes it.
    package var scope: String { secrets.map(\.description).joined(separator: " ") }
}
