package import OpenSSLCrypto
internal import StrictJSON

extension PublicKeyComponents {
    /// The key's SHA-256 thumbprint in base64url (RFC 7638): the same for the same key, whoever computes it.
    package func thumbprint() throws(JOSEError) -> String {
        let text = Array(JSONWriter.object(requiredMembers).line.utf8)
        guard let digest = text.withUnsafeBytes({ try? DigestAlgorithm.sha256.hash($0) }) else {
            throw JOSEError(.signingFailed)
        }
        return Base64URL.encode(digest)
    }

    /// The members that make the key, in lexicographic order (RFC 7638, section 3.2; RFC 8037, section 2).
    var requiredMembers: [(String, JSONWriter)] {
        switch self {
        case .rsa(let modulus, let exponent):
            [("e", Self.number(exponent)), ("kty", .string("RSA")), ("n", Self.number(modulus))]
        case .ec(let curve, let x, let y):
            [("crv", .string(curve.jwkName)), ("kty", .string("EC")), ("x", Self.number(x)), ("y", Self.number(y))]
        case .ed25519(let bytes):
            [("crv", .string("Ed25519")), ("kty", .string("OKP")), ("x", Self.number(bytes))]
        }
    }

    private static func number(_ bytes: [UInt8]) -> JSONWriter { .string(Base64URL.encode(bytes)) }
}
