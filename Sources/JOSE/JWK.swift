package import OpenSSLCrypto
internal import StrictJSON

/// One public key of an issuer (RFC 7517), checked and ready to verify.
package struct JWK: Sendable {
    /// The key's id, opaque.
    package let keyID: [UInt8]?
    /// The one algorithm the key declares, where it does.
    package let algorithm: JWSAlgorithm?
    /// The key.
    package let publicKey: PublicKey

    /// Whether a token of this algorithm can be verified with the key.
    ///
    /// A declared algorithm binds: without that, Wycheproof's tokens signed with another algorithm of the same key pass.
    package func fits(_ algorithm: JWSAlgorithm) -> Bool {
        (self.algorithm ?? algorithm) == algorithm && algorithm.fits(publicKey.components)
    }
}

extension JWK {
    /// Why one key of a set is not used; the others still are.
    struct Refusal: Error {
        let reason: String
    }

    /// Reads one element of a set.
    init(_ object: JSONObject, in text: UnsafeRawBufferPointer) throws(Refusal) {
        let reader = JWKReader(object: object, text: text)
        keyID = try reader.optionalText("kid")
        try reader.refuseOtherUses()
        let components = try reader.components()
        if case .rsa(let modulus, let exponent) = components,
            let reason = RSAKeyRules.refusal(modulus: modulus, exponent: exponent)
        {
            throw Refusal(reason: reason)
        }
        algorithm = try reader.algorithm(for: components)
        do {
            publicKey = try PublicKey(components)
        } catch {
            throw Refusal(reason: "its numbers are no key")
        }
    }
}
