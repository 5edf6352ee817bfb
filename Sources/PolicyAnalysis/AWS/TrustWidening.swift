package import Policy

/// A token that the compiled policy lets in and the policy does not.
package struct TrustWidening: Sendable {
    /// The statement that lets it in.
    package let grant: Grant
    /// The secret that it could read.
    package let secret: String
    /// What AWS cannot see of it: claims, or `read`.
    package let claims: [String]
    /// The token.
    package let witness: Witness
}
