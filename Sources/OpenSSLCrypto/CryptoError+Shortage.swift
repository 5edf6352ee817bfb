extension CryptoError.Code {
    /// Why this machine cannot use what is sound, as the end of a sentence; nil where the key or the input is to blame.
    ///
    /// Whoever calls a sound key broken makes its owner throw it away.
    package func shortage(of algorithm: String) -> String? {
        switch self {
        case .operationFailed: "OpenSSL on this machine does not offer \(algorithm): is it in FIPS mode?"
        case .noSecretMemory: "there is no memory for it"
        case .malformedKey, .modulusTooShort, .modulusTooLong, .weakExponent, .factorableModulus, .pointNotOnCurve,
            .malformedParameter, .notAuthentic, .unsupportedKey:
            nil
        }
    }
}
