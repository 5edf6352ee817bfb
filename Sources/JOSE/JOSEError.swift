/// Why a token or a key set is refused, without any of its bytes.
package struct JOSEError: Error, Hashable, Sendable {
    /// The kind of refusal.
    package enum Code: Hashable, Sendable {
        /// The token is longer than 16 KiB.
        case tokenTooLong
        /// The token does not have exactly two dots.
        case notThreeParts
        /// A part of the token has no bytes.
        case emptyPart
        /// A part of the token is not canonical base64url.
        case notBase64URL
        /// The header is not the JSON object it must be; duplicate members count.
        case malformedHeader
        /// The header asks for an extension (`crit`, `b64`), which is never honoured.
        case extendedHeader
        /// The header announces a token inside the token (`cty`).
        case nestedContent
        /// The header's `kid` has more than 128 bytes.
        case keyIDTooLong
        /// The header's `typ` is not one of the types the issuer uses.
        case typeNotAllowed
        /// The header's `alg` is not on the issuer's list; no list can hold `none` or HMAC.
        case algorithmNotAllowed
        /// No key of the set has the header's `kid`: the set may be out of date.
        case unknownKeyID
        /// The set has the key and the rules refuse it.
        case keyRefused(JWK.Refusal)
        /// The key has another `alg`, type or curve than the header's `alg` wants.
        case algorithmMismatch
        /// The header has no `kid`, and no key of the set fits.
        case noKeyFits
        /// The header has no `kid`, and more than one key of the set fits.
        case severalKeysFit
        /// The signature is not one of these bytes by this key.
        case signatureMismatch
        /// The key set is longer than 100 KiB.
        case keySetTooLong
        /// The key set is not JSON with an array `keys`; duplicate members count.
        case malformedKeySet
        /// Two keys of the set have the same `kid`.
        case duplicateKeyID
        /// A key of the set has private or symmetric members: the issuer published what it must not.
        case privateMembers
        /// A token could not be made: no memory, or OpenSSL failed.
        case signingFailed
        /// The kernel gave no memory for the signature.
        case noMemory
    }

    /// The kind of refusal.
    package let code: Code

    init(_ code: Code) { self.code = code }
}
