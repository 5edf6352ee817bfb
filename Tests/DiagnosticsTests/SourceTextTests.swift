import Diagnostics
import Testing

@Suite("SourceText")
struct SourceTextTests {
    static let source = SourceText(name: "f", bytes: Array("ab\r\n\nçd\n".utf8))

    @Test(
        "offsets become lines and columns",
        arguments: [(0, 1, 1), (1, 1, 2), (4, 2, 1), (5, 3, 1), (7, 3, 2), (9, 4, 1), (400, 4, 1)]
    )
    func places(offset: Int, line: Int, column: Int) {
        #expect(Self.source.line(at: offset) == line)
        #expect(Self.source.column(at: offset) == column)
    }

    @Test("lines come without their breaks", arguments: [(0, ""), (1, "ab"), (2, ""), (3, "çd"), (4, ""), (5, "")])
    func lines(line: Int, text: String) {
        #expect(Self.source.text(ofLine: line) == text)
    }

    @Test("spans outside the text are clamped", arguments: [-5..<2, 3..<900, 500..<900])
    func clamping(range: Range<Int>) {
        let span = SourceSpan(Self.source, range)
        #expect(span.range.lowerBound >= 0 && span.range.upperBound <= Self.source.bytes.count)
        #expect(span.widthOnFirstLine >= 1)
    }
}
