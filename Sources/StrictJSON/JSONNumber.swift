/// A number: its range in the text, and its value where that is exact.
package struct JSONNumber: Sendable {
    /// The bytes of the number.
    package let range: Range<Int>
    /// The value of integer notation (no fraction, no exponent) with |n| ≤ 2^53; nil for everything else.
    package let integer: Int64?
}
