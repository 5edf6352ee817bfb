/// A job that a trust policy lets in.
package struct TrustedJob: Sendable {
    /// The kind of token.
    package let row: TokenRow
    /// The token, without its `sub`.
    package let witness: Witness
    /// The token's `sub`.
    package let subject: String
}
