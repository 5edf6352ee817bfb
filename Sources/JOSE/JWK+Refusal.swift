package import OpenSSLCrypto

extension JWK {
    /// Why a key of a set is not used; the other keys of the set still are.
    package enum Refusal: Error, Hashable, Sendable {
        /// The element is no JSON object, or a member that every key of its type has is absent or has another type.
        case malformed(member: String)
        /// The `kid` is no string.
        case keyIDNotString
        /// The `use` is not `sig`.
        case notForSignatures
        /// The `key_ops` do not contain `verify`.
        case notForVerifying
        /// The `kty` or the `crv` is none that is verified with here.
        case unsupportedType
        /// The `alg` is no signature algorithm of ours, or not one for this type and curve.
        case unsuitableAlgorithm
        /// The key itself is unsound.
        case unsound(CryptoError.Code)
    }
}

extension JWK.Refusal: CustomStringConvertible {
    /// The reason as the end of a sentence that starts with the key.
    package var description: String {
        switch self {
        case .malformed(let member): "has a missing or malformed `\(member)`"
        case .keyIDNotString: "has a `kid` that is no string"
        case .notForSignatures: "is not for signatures (`use`)"
        case .notForVerifying: "is not for verifying (`key_ops`)"
        case .unsupportedType: "is of an unsupported type or curve"
        case .unsuitableAlgorithm: "names an `alg` that its type and curve cannot have"
        case .unsound(let code): Self.text(of: code)
        }
    }

    private static func text(of code: CryptoError.Code) -> String {
        switch code {
        case .modulusTooShort: "is an RSA key of fewer than 2048 bits"
        case .modulusTooLong: "is an RSA key of more than 8192 bits"
        case .weakExponent: "has an RSA exponent that is even, below 65537 or above 64 bits"
        case .factorableModulus: "carries the fingerprint of CVE-2017-15361 (ROCA) and can be factored"
        case .pointNotOnCurve: "is a point that is not on its curve"
        case .malformedKey: "has numbers of the wrong length or form"
        case .unsupportedKey, .operationFailed, .noSecretMemory, .malformedParameter, .notAuthentic:
            "could not be loaded"
        }
    }
}
