/// Why a key or an operation was refused, without any key material.
package struct CryptoError: Error, Hashable, Sendable {
    /// The kind of failure.
    package enum Code: String, Sendable {
        /// The parts of a key have the wrong length or form.
        case malformedKey
        /// An RSA modulus has fewer than 2048 bits.
        case modulusTooShort
        /// An RSA modulus has more than 8192 bits.
        case modulusTooLong
        /// An RSA public exponent is even, below 65537, or longer than 64 bits.
        case weakExponent
        /// An RSA modulus carries the fingerprint of CVE-2017-15361 (ROCA) and can be factored.
        case factorableModulus
        /// A point does not lie on its curve, or is the point at infinity.
        case pointNotOnCurve
        /// A nonce, a salt or a count is outside what the algorithm takes.
        case malformedParameter
        /// A ciphertext, its tag or its associated data is not what was sealed under this key and nonce.
        case notAuthentic
        /// The operation does not exist for this kind of key.
        case unsupportedKey
        /// OpenSSL itself failed, for want of memory or of the algorithm: in FIPS mode it lacks many.
        case operationFailed
        /// The kernel gave no memory for the secret.
        case noSecretMemory
    }

    /// The kind of failure.
    package let code: Code

    init(_ code: Code) { self.code = code }
}
