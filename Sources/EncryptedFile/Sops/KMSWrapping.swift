/// A data key that a key of AWS KMS wrapped.
package struct KMSWrapping: Sendable {
    /// The key's ARN.
    package let key: String
    /// What KMS returned.
    package let ciphertext: [UInt8]
    /// What KMS has to be told again, to the letter.
    package let context: [(name: String, value: String)]
    /// A role that the file wants to be taken on first; nil for none.
    package let role: String?

    /// Describes a wrapping.
    package init(
        key: String,
        ciphertext: [UInt8],
        context: [(name: String, value: String)] = [],
        role: String? = nil
    ) {
        self.key = key
        self.ciphertext = ciphertext
        self.context = context
        self.role = role
    }
}
