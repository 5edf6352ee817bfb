internal import OpenSSLCrypto
internal import Secrets

/// Checks a token's signature by an issuer's rules: its algorithms, its types, its keys.
package struct JWSVerifier: Sendable {
    private let algorithms: Set<JWSAlgorithm>
    private let types: [String]

    /// Takes the issuer's algorithms and the values that `typ` may have; it may always be absent.
    package init(allowed algorithms: Set<JWSAlgorithm>, types: [String] = ["JWT"]) {
        self.algorithms = algorithms
        self.types = types
    }

    /// Returns the payload, now known to be what the holder of the key signed; its claims are not checked.
    package func verify(_ token: CompactJWS, with keys: JWKSet) throws(JOSEError) -> [UInt8] {
        guard let algorithm = JWSAlgorithm(name: token.header.algorithm), algorithms.contains(algorithm) else {
            throw JOSEError(.algorithmNotAllowed)
        }
        if let type = token.header.type {
            guard types.contains(where: { Self.isSameMediaType($0.utf8, type) }) else {
                throw JOSEError(.typeNotAllowed)
            }
        }
        let key = try keys.key(for: token.header, algorithm).publicKey
        let isSigned = token.withSignedBytes { message in
            token.signature.withExposedBytes { key.verify($0, over: message, using: algorithm.signature) }
        }
        guard isSigned else { throw JOSEError(.signatureMismatch) }
        return token.payload
    }

    /// Media types are compared without regard to ASCII case (RFC 7515, section 4.1.9, and RFC 2045, section 5.1).
    private static func isSameMediaType(_ expected: String.UTF8View, _ actual: [UInt8]) -> Bool {
        expected.lazy.map(lowercased).elementsEqual(actual.lazy.map(lowercased))
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
