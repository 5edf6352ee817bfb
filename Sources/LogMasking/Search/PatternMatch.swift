/// An occurrence of a pattern, in offsets from the start of the stream.
struct PatternMatch {
    let range: Range<Int>
    /// The number of the pattern.
    let pattern: Int
    /// Whether something stands between the pattern's bytes.
    let isInterrupted: Bool
}
