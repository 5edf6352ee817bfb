/// A value that is not masked, because masking it would hide ordinary output.
package struct UnmaskableValue: Hashable, Sendable {
    /// Why a value is not masked.
    package enum Reason: Hashable, Sendable {
        /// Fewer than `ValueScreen.minimumCount` bytes without the white space around it.
        case tooShort
        /// A word that logs are full of, or one byte repeated.
        case tooCommon
    }

    /// The secret's name.
    package let name: String
    /// Why it is not masked.
    package let reason: Reason

    /// Describes a value; never holds it.
    package init(name: String, reason: Reason) {
        self.name = name
        self.reason = reason
    }
}
