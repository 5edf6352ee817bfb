/// One claim of a verified token.
package struct VerifiedClaim: Sendable {
    /// What a claim holds.
    package enum Value: Hashable, Sendable {
        /// A string's bytes; two strings are the same only if these are.
        case text([UInt8])
        /// An integer up to 2^53 in size.
        case number(Int64)
        /// Anything else, such as an array, as the token's JSON: no condition can match it.
        case other(json: [UInt8])
    }

    /// The name's bytes.
    package let name: [UInt8]
    /// The value.
    package let value: Value
}
