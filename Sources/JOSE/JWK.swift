package import OpenSSLCrypto

/// One public key of an issuer that passed every rule (RFC 7517).
package struct JWK: Sendable {
    /// The bytes of `kid`.
    package let keyID: [UInt8]?
    /// The one algorithm the issuer made the key for, where it says so.
    package let algorithm: JWSAlgorithm?
    /// The key itself.
    package let publicKey: PublicKey

    /// Whether a token with this algorithm can be signed by this key.
    ///
    /// The `alg` of the key binds (RFC 8725, section 3.1): without it, an RS256 key also verifies PS256, and
    /// Wycheproof's tokens of another primitive pass.
    package func fits(_ algorithm: JWSAlgorithm) -> Bool {
        (self.algorithm ?? algorithm) == algorithm && algorithm.fits(publicKey.components)
    }
}
