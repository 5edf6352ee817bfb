/// A secret that a token may read, with the grant that says so.
package struct GrantedSecret: Sendable {
    /// The secret.
    package let secret: SecretEntry
    /// The grant that gives it.
    package let grant: Grant

    /// Pairs a secret with its grant.
    package init(secret: SecretEntry, grant: Grant) {
        self.secret = secret
        self.grant = grant
    }
}
