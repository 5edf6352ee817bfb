/// How a pattern is found although something stands between its bytes.
package enum Interruption: Int, Comparable, Sendable {
    /// Not at all.
    case none
    /// With line breaks or terminal escapes after at least four bytes, as wrapped encodings have them.
    case afterHead
    /// And with terminal escapes after any of its bytes, as a highlighted value has them.
    case anywhere

    /// Orders by how much may stand between the bytes.
    package static func < (left: Interruption, right: Interruption) -> Bool { left.rawValue < right.rawValue }
}
