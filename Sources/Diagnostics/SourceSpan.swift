/// A range of bytes in a source text.
package struct SourceSpan: Sendable {
    /// The text the range lies in.
    package let source: SourceText
    /// Byte offsets into `source.bytes`; empty for a place between two bytes.
    package let range: Range<Int>

    /// Makes a span; `range` is clamped to the text.
    package init(_ source: SourceText, _ range: Range<Int>) {
        self.source = source
        self.range = range.clamped(to: 0..<source.bytes.count)
    }

    /// The 1-based line of the first byte.
    package var line: Int { source.line(at: range.lowerBound) }

    /// The 1-based column of the first byte, in characters.
    package var column: Int { source.column(at: range.lowerBound) }

    /// How many characters of the first line the span covers, at least one.
    package var widthOnFirstLine: Int {
        let lineEnd = source.offset(ofLine: line) + source.text(ofLine: line).utf8.count
        let end = min(range.upperBound, lineEnd)
        guard end > range.lowerBound else { return 1 }
        return max(String(decoding: source.bytes[range.lowerBound..<end], as: UTF8.self).count, 1)
    }
}
