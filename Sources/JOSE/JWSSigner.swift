package import OpenSSLCrypto
package import Secrets
internal import StrictJSON

/// Signs tokens for the local issuer, and for the issuers of tests.
package struct JWSSigner: Sendable {
    /// The `kid` of the tokens and of the key in `jwks`.
    package let keyID: String
    /// The algorithm, which follows from the key: ES256, EdDSA, or RS256.
    package let algorithm: JWSAlgorithm
    private let key: PrivateKey

    /// Takes a key; without an id of its own it gets its thumbprint (RFC 7638).
    package init(key: PrivateKey, keyID: String? = nil) throws(JOSEError) {
        self.key = key
        self.keyID = if let keyID { keyID } else { try key.publicKey.components.thumbprint() }
        algorithm =
            switch key.publicKey.components {
            case .rsa: .rs256
            case .ec(.p256, _, _): .es256
            case .ec(.p384, _, _): .es384
            case .ec(.p521, _, _): .es512
            case .ed25519: .eddsa
            }
    }

    /// Makes a token in its compact form; the payload is any JSON.
    package func sign(payload: [UInt8]) throws(JOSEError) -> SecretBytes {
        let members: [(String, JSONWriter)] = [
            ("alg", .string(algorithm.rawValue)), ("kid", .string(keyID)), ("typ", .string("JWT")),
        ]
        return try sign(header: Array(JSONWriter.object(members).line.utf8), payload: payload)
    }

    /// Makes a token with any header at all, for tests of those who must refuse it.
    package func sign(header: [UInt8], payload: [UInt8]) throws(JOSEError) -> SecretBytes {
        do {
            var token = try SecretBuffer(capacity: 2 * (header.count + payload.count) + 1024)
            try header.withUnsafeBytes { try Base64URL.encode($0, to: &token) }
            try token.append(UInt8(ascii: "."))
            try payload.withUnsafeBytes { try Base64URL.encode($0, to: &token) }
            let signature = try token.withExposedBytes { try key.sign($0, using: algorithm.signature) }
            try token.append(UInt8(ascii: "."))
            try signature.withUnsafeBytes { try Base64URL.encode($0, to: &token) }
            return token.finish()
        } catch {
            throw JOSEError(.signingFailed)
        }
    }

    /// The set that holds the one public key, as an issuer publishes it.
    package var jwks: [UInt8] {
        let purpose: [(String, JSONWriter)] = [
            ("kid", .string(keyID)), ("alg", .string(algorithm.rawValue)), ("use", .string("sig")),
        ]
        let key = JSONWriter.object(key.publicKey.components.requiredMembers + purpose)
        return Array(JSONWriter.object([("keys", .array([key]))]).line.utf8)
    }
}
