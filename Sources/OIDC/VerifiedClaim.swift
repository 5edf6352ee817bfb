/// One claim of a verified token.
package struct VerifiedClaim: Sendable {
    /// What a claim holds.
    package enum Value: Hashable, Sendable {
        /// A string's bytes; two strings are the same only if these are.
        case text([UInt8])
        /// An integer up to 2^53 in size.
        case number(Int64)
        /// Anything else, such as `an array`: no condition can match it.
        case other(kind: String)
    }

    /// The name's bytes.
    package let name: [UInt8]
    /// The value.
    package let value: Value
}
