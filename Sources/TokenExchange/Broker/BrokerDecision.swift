/// What a broker says about one secret and one token.
package struct BrokerDecision: Sendable {
    /// The secret.
    package let path: SecretPath
    /// Whether the token may read it.
    package let isAllowed: Bool
    /// The grant that says so, where the broker names it.
    package let grant: String?
    /// Why, in the broker's words.
    package let reason: String
}
