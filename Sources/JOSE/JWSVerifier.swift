internal import OpenSSLCrypto

/// Verifies tokens against an allow-list that belongs to the issuer's configuration, never to the token.
package struct JWSVerifier: Sendable {
    private let algorithms: Set<JWSAlgorithm>
    private let types: [String]

    /// A verifier that accepts these algorithms, and these values of `typ` where a header has one.
    package init(algorithms: Set<JWSAlgorithm>, types: [String] = ["JWT"]) {
        self.algorithms = algorithms
        self.types = types
    }

    /// Returns the payload once the signature over it is good; what the payload claims is the caller's business.
    package func payload(of token: CompactJWS, verifiedWith keys: JWKSet) throws(JOSEError) -> [UInt8] {
        guard let algorithm = JWSAlgorithm(name: token.header.algorithm), algorithms.contains(algorithm) else {
            throw JOSEError(.algorithmNotAllowed, "the token's algorithm is not one of \(names)")
        }
        if let type = token.header.type, !types.contains(where: { $0.utf8.elementsEqual(type) }) {
            throw JOSEError(.forbiddenHeader, "the header's `typ` is not `JWT`")
        }
        let key = try keys.key(for: token.header, algorithm)
        let isGood = token.signingInput.withUnsafeBytes { message in
            key.publicKey.verify(token.signature, over: message, using: algorithm.signature)
        }
        guard isGood else { throw JOSEError(.badSignature, "the signature is not the key's") }
        return token.payload
    }

    private var names: String {
        algorithms.map { "`\($0.rawValue)`" }.sorted().joined(separator: ", ")
    }
}
