package import OpenSSLCrypto
package import Secrets
internal import StrictJSON

/// Signs tokens: for the local issuer, and for tests.
package struct JWSSigner: Sendable {
    /// The key's id: its RFC 7638 thumbprint.
    package let keyID: String
    private let key: PrivateKey
    private let algorithm: JWSAlgorithm

    /// A signer; throws `unsuitableKey` where key and algorithm do not fit.
    package init(key: PrivateKey, algorithm: JWSAlgorithm) throws(JOSEError) {
        guard algorithm.fits(key.publicKey.components) else {
            throw JOSEError(.unsuitableKey, "the key is not one for `\(algorithm.rawValue)`")
        }
        self.key = key
        self.algorithm = algorithm
        keyID = try JWKText.thumbprint(of: key.publicKey.components)
    }

    /// The compact token over a payload of JSON.
    package func token(payload: [UInt8]) throws(JOSEError) -> SecretBytes {
        let header = JSONWriter.object([
            ("alg", .string(algorithm.rawValue)), ("kid", .string(keyID)), ("typ", .string("JWT")),
        ])
        return try token(header: Array(header.line.utf8), payload: payload)
    }

    /// The compact token over any header and payload; lets tests sign what no issuer would.
    package func token(header: [UInt8], payload: [UInt8]) throws(JOSEError) -> SecretBytes {
        let input = Base64URL.encode(header) + [UInt8(ascii: ".")] + Base64URL.encode(payload)
        do {
            let signature = try input.withUnsafeBytes { try key.sign($0, using: algorithm.signature) }
            let text = input + [UInt8(ascii: ".")] + Base64URL.encode(signature)
            return try text.withUnsafeBytes { try SecretBytes(copying: $0) }
        } catch {
            throw JOSEError(.internalFailure, "the token could not be signed")
        }
    }

    /// The key set that verifies this signer's tokens, as JSON.
    package var keySet: [UInt8] {
        let members = [("kid", keyID), ("alg", algorithm.rawValue), ("use", "sig")]
        let key = JWKText.members(of: key.publicKey.components) + members
        let object = JSONWriter.object(key.map { ($0.0, .string($0.1)) })
        return Array(JSONWriter.object([("keys", .array([object]))]).line.utf8)
    }
}
