/// Why a cryptographic operation could not be done; a signature that does not verify is an answer, not an error.
package struct CryptoError: Error, Hashable, Sendable {
    /// The kind of failure.
    package enum Code: String, Sendable {
        /// The numbers are no key of their kind, such as a point off its curve.
        case invalidKey
        /// The key cannot be used with the algorithm.
        case unsuitableKey
        /// OpenSSL failed at something that should not fail.
        case operationFailed
        /// There is no memory for a secret.
        case noMemory
    }

    /// The kind of failure.
    package let code: Code

    /// Describes a failure.
    package init(code: Code) { self.code = code }
}
