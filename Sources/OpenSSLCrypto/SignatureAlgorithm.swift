/// How a signature is made: scheme and hash.
package enum SignatureAlgorithm: Hashable, Sendable {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2).
    case rsaPKCS1(DigestAlgorithm)
    /// RSASSA-PSS with MGF1 of the same hash and a salt as long as the hash (RFC 7518, section 3.5).
    case rsaPSS(DigestAlgorithm)
    /// ECDSA, the signature as r‖s of fixed length (RFC 7518, section 3.4).
    case ecdsa(DigestAlgorithm)
    /// Ed25519 (RFC 8032, section 5.1).
    case ed25519

    /// The hash that OpenSSL is told; Ed25519 hashes by itself.
    var digest: DigestAlgorithm? {
        switch self {
        case .rsaPKCS1(let digest), .rsaPSS(let digest), .ecdsa(let digest): digest
        case .ed25519: nil
        }
    }

    /// Whether a key of this kind can be used with the algorithm.
    func fits(_ components: PublicKeyComponents) -> Bool {
        switch (self, components) {
        case (.rsaPKCS1, .rsa), (.rsaPSS, .rsa), (.ecdsa, .elliptic), (.ed25519, .ed25519): true
        default: false
        }
    }
}
