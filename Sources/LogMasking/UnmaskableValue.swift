/// A value that is not masked, because masking it would shred the log.
package struct UnmaskableValue: Hashable, Sendable {
    /// Why it is not masked.
    package enum Reason: String, Sendable {
        /// It is shorter than the minimum.
        case tooShort
        /// It is a word that logs are full of, such as `true`.
        case tooCommon
        /// It is only white space.
        case blank
    }

    /// The name of the secret.
    package let name: String
    /// Why it is not masked.
    package let reason: Reason

    /// Describes a value that is not masked.
    package init(name: String, reason: Reason) {
        self.name = name
        self.reason = reason
    }
}
