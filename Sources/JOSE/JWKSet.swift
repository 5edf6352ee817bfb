internal import StrictJSON

/// An issuer's key set (RFC 7517, section 5).
package struct JWKSet: Sendable {
    /// A key of the set that is not used.
    package struct RefusedKey: Sendable {
        /// The key's id, where it has a readable one.
        package let keyID: [UInt8]?
        /// Why, as the end of "the key is refused: …".
        package let reason: String
    }

    /// The keys that can verify.
    package let keys: [JWK]
    /// The keys that are in the set and must not verify.
    package let refused: [RefusedKey]

    /// Reads a set; a single unusable key is put aside, a set that is ambiguous or holds private material is refused.
    package init(parsing text: UnsafeRawBufferPointer) throws(JOSEError) {
        let document: JSONDocument
        do {
            document = try JSONDocument(indexing: text, limits: .keySet)
        } catch {
            throw JOSEError(.malformedKeySet, "it is not JSON without duplicates, at byte \(error.offset)")
        }
        guard let elements = document.root.object?["keys"]?.array else {
            throw JOSEError(.malformedKeySet, "it has no array `keys`")
        }
        var keys: [JWK] = []
        var refused: [RefusedKey] = []
        var seen: Set<[UInt8]> = []
        for element in elements {
            guard let object = element.object else { throw JOSEError(.malformedKeySet, "a key is no object") }
            try Self.refusePrivateMaterial(object)
            let keyID = object["kid"]?.string?.bytes(in: text)
            if let keyID, !seen.insert(keyID).inserted {
                throw JOSEError(.forbiddenKeySet, "two keys have the same `kid`")
            }
            do {
                keys.append(try JWK(object, in: text))
            } catch {
                refused.append(RefusedKey(keyID: keyID, reason: error.reason))
            }
        }
        self.keys = keys
        self.refused = refused
    }

    /// A set that holds private or symmetric keys was never meant to be read by a verifier: somebody published too much.
    private static func refusePrivateMaterial(_ object: JSONObject) throws(JOSEError) {
        for name in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] where object[name] != nil {
            throw JOSEError(.forbiddenKeySet, "it holds private or symmetric key material")
        }
    }

    /// The one key that may verify a token with this header.
    func key(for header: JWSHeader, _ algorithm: JWSAlgorithm) throws(JOSEError) -> JWK {
        guard let keyID = header.keyID else { return try onlyKey(for: algorithm) }
        if let key = keys.first(where: { $0.keyID == keyID }) {
            guard key.fits(algorithm) else {
                throw JOSEError(.unsuitableKey, "the key is not one for `\(algorithm.rawValue)`")
            }
            return key
        }
        if let known = refused.first(where: { $0.keyID == keyID }) {
            throw JOSEError(.unsuitableKey, "the key is refused: \(known.reason)")
        }
        throw JOSEError(.unknownKey, "no key of the set has the token's `kid`")
    }

    private func onlyKey(for algorithm: JWSAlgorithm) throws(JOSEError) -> JWK {
        let fitting = keys.filter { $0.fits(algorithm) }
        guard let key = fitting.first, fitting.count == 1 else {
            throw JOSEError(.ambiguousKey, "the token has no `kid` and \(fitting.count) keys fit")
        }
        return key
    }
}
