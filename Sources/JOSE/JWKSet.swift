internal import StrictJSON

/// The public keys of an issuer (RFC 7517, section 5).
package struct JWKSet: Sendable {
    /// A key of the set that is not used, and why.
    package struct RefusedKey: Sendable {
        /// The bytes of `kid`, where it is a string.
        package let keyID: [UInt8]?
        /// The first rule the key breaks.
        package let refusal: JWK.Refusal
    }

    /// The keys that passed every rule, in the order of the set.
    package let keys: [JWK]
    /// The keys that did not.
    package let refused: [RefusedKey]

    /// Reads a set of at most 100 KiB.
    ///
    /// A single bad key is left out; two keys of one `kid`, used or not, or any private member refuse the whole set.
    package init(parsing text: UnsafeRawBufferPointer) throws(JOSEError) {
        var keys: [JWK] = []
        var refused: [RefusedKey] = []
        var keyIDs: Set<[UInt8]> = []
        for element in try Self.elements(of: text) {
            guard let members = element.object else {
                refused.append(RefusedKey(keyID: nil, refusal: .malformed(member: "keys")))
                continue
            }
            let reader = JWKReader(members, in: text)
            guard !reader.hasPrivateMembers else { throw JOSEError(.privateMembers) }
            if let keyID = reader.keyID, !keyIDs.insert(keyID).inserted { throw JOSEError(.duplicateKeyID) }
            do throws(JWK.Refusal) {
                keys.append(try reader.key())
            } catch {
                refused.append(RefusedKey(keyID: reader.keyID, refusal: error))
            }
        }
        self.keys = keys
        self.refused = refused
    }

    /// The one key that a token with this header can be signed by.
    ///
    /// A `kid` must name it. Without one, it must be the only key of the set that fits the algorithm.
    func key(for header: JWSHeader, _ algorithm: JWSAlgorithm) throws(JOSEError) -> JWK {
        guard let keyID = header.keyID else { return try onlyKey(for: algorithm) }
        if let key = keys.first(where: { $0.keyID == keyID }) {
            guard key.fits(algorithm) else { throw JOSEError(.algorithmMismatch) }
            return key
        }
        if let key = refused.first(where: { $0.keyID == keyID }) { throw JOSEError(.keyRefused(key.refusal)) }
        throw JOSEError(.unknownKeyID)
    }

    private func onlyKey(for algorithm: JWSAlgorithm) throws(JOSEError) -> JWK {
        let fitting = keys.filter { $0.fits(algorithm) }
        guard let key = fitting.first else { throw JOSEError(.noKeyFits) }
        guard fitting.count == 1 else { throw JOSEError(.severalKeysFit) }
        return key
    }

    private static func elements(of text: UnsafeRawBufferPointer) throws(JOSEError) -> [JSONNode] {
        do throws(JSONError) {
            let document = try JSONDocument(indexing: text, limits: .keySet)
            if let keys = document.root.object?["keys"]?.array { return keys }
        } catch {
            throw JOSEError(error.code == .tooLong ? .keySetTooLong : .malformedKeySet)
        }
        throw JOSEError(.malformedKeySet)
    }
}
