package import Diagnostics

/// What a compiled policy may let in although the policy does not, because AWS cannot see it, and why that is acceptable.
package struct PolicyWidening: Sendable {
    /// The claims, and `read` for a secret that only another grant reads.
    package let claims: [String]
    /// Why.
    package let reason: String
    /// Where the claims stand.
    package let span: SourceSpan
}
