/// How a signature is made; it must fit the key, or no signature verifies.
package enum SignatureAlgorithm: Hashable, Sendable {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2).
    case rsaPKCS1(DigestAlgorithm)
    /// RSASSA-PSS (RFC 8017, section 8.1), with MGF1 over the same digest and a salt as long as the digest (RFC 7518,
    /// section 3.5).
    case rsaPSS(DigestAlgorithm)
    /// ECDSA with the curve's own digest; the signature is `r || s`, each as long as a coordinate.
    case ecdsa(DigestAlgorithm)
    /// Ed25519 (RFC 8032).
    case ed25519
}
