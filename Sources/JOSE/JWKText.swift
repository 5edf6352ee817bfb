internal import OpenSSLCrypto
internal import StrictJSON

/// Writes public keys as JWK.
enum JWKText {
    /// The members that make the key, in lexicographic order.
    static func members(of components: PublicKeyComponents) -> [(String, String)] {
        switch components {
        case .rsa(let modulus, let exponent):
            [("e", text(exponent)), ("kty", "RSA"), ("n", text(modulus))]
        case .elliptic(let curve, let x, let y):
            [("crv", name(of: curve)), ("kty", "EC"), ("x", text(x)), ("y", text(y))]
        case .ed25519(let bytes):
            [("crv", "Ed25519"), ("kty", "OKP"), ("x", text(bytes))]
        }
    }

    /// The SHA-256 thumbprint of RFC 7638, section 3.
    static func thumbprint(of components: PublicKeyComponents) throws(JOSEError) -> String {
        let canonical = JSONWriter.object(members(of: components).map { ($0.0, .string($0.1)) })
        do {
            return text(try DigestAlgorithm.sha256.digest(of: Array(canonical.line.utf8)))
        } catch {
            throw JOSEError(.internalFailure, "the key's thumbprint could not be computed")
        }
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: Base64URL.encode(bytes), as: UTF8.self)
    }

    private static func name(of curve: EllipticCurve) -> String {
        switch curve {
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        }
    }
}
