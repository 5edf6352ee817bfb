/// Why a token or a key set is refused.
package struct JOSEError: Error, Hashable, Sendable {
    /// The kind of refusal.
    package enum Code: String, Sendable {
        /// The token is longer than 16 KiB.
        case tokenTooLong
        /// The token is not three non-empty base64url segments, or a segment is not canonical.
        case malformedToken
        /// The header is not the strict JSON object a JWS has.
        case malformedHeader
        /// The header asks for something that is never done, such as `crit` or `cty`.
        case forbiddenHeader
        /// The algorithm is not on the issuer's list.
        case algorithmNotAllowed
        /// No key of the set has the header's `kid`.
        case unknownKey
        /// The header has no `kid` and not exactly one key fits.
        case ambiguousKey
        /// The key is known and must not be used, or not with this algorithm.
        case unsuitableKey
        /// The signature is not this key's signature over these bytes.
        case badSignature
        /// The key set is not strict JSON, too long, or no set of keys.
        case malformedKeySet
        /// The key set as a whole must not be used: duplicate `kid`, private or symmetric material.
        case forbiddenKeySet
        /// OpenSSL or the system failed at something that should not fail.
        case internalFailure
    }

    /// The kind of refusal.
    package let code: Code
    /// What exactly, in a few words for a message; never bytes of a token or a key.
    package let detail: String

    init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}
