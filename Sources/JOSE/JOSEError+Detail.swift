extension JOSEError {
    /// What exactly, in a few words for a message; never bytes of a token or a key.
    package var detail: String {
        switch code {
        case .tokenTooLong: "the token is longer than 16 KiB"
        case .notThreeParts: "the token does not have exactly two dots"
        case .emptyPart: "a part of it is empty"
        case .notBase64URL: "a part of it is not canonical base64url"
        case .malformedHeader: "its header is not a JSON object without duplicates"
        case .extendedHeader: "its header asks for an extension (`crit`, `b64`)"
        case .nestedContent: "its header announces a token inside the token (`cty`)"
        case .keyIDTooLong: "its `kid` is longer than 128 bytes"
        case .typeNotAllowed: "its `typ` is not `JWT`"
        case .algorithmNotAllowed: "the token's algorithm is not one that its issuer uses"
        case .unknownKeyID: "no key of the set has the token's `kid`"
        case .keyRefused(let refusal): "the key \(refusal)"
        case .algorithmMismatch: "the key is not one for the token's algorithm"
        case .noKeyFits: "the token has no `kid`, and no key fits"
        case .severalKeysFit: "the token has no `kid`, and several keys fit"
        case .signatureMismatch: "the signature is not the key's"
        case .keySetTooLong: "it is longer than 100 KiB"
        case .malformedKeySet: "it is not JSON with an array `keys` and without duplicates"
        case .duplicateKeyID: "two keys have the same `kid`"
        case .privateMembers: "it holds private or symmetric key material"
        case .signingFailed, .noMemory: "there is no memory, or OpenSSL failed"
        }
    }
}
