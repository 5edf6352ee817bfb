internal import Diagnostics
internal import YAMLSyntax

extension LintFix {
    /// Puts a new pair behind one whose value is a text in one line; nil where it is not.
    static func adding(_ text: String, to map: YAMLNode, behind pair: YAMLNode.Pair?) -> LintFix? {
        guard let pair, pair.value.text != nil else { return nil }
        let source = map.span.source
        let end = pair.value.span.range.upperBound
        guard !map.isFlow else { return LintFix(source, end..<end, ", " + text) }
        guard source.line(at: pair.value.span.range.lowerBound) == source.line(at: end) else { return nil }
        let line = source.line(at: end)
        let lineEnd = source.offset(ofLine: line) + source.text(ofLine: line).utf8.count
        return LintFix(source, lineEnd..<lineEnd, "\n" + indent(of: pair) + text)
    }

    /// Puts a new pair in front of one, in lines of its own in a map of lines.
    static func insertion(of text: String, into map: YAMLNode, before pair: YAMLNode.Pair) -> Edit {
        let start = pair.keySpan.range.lowerBound
        return Edit(range: start..<start, text: text + (map.isFlow ? ", " : "\n" + indent(of: pair)))
    }

    /// The white space that puts a line below a key.
    static func indent(of pair: YAMLNode.Pair) -> String {
        let span = pair.keySpan
        return String(repeating: " ", count: span.range.lowerBound - span.source.offset(ofLine: span.line))
    }
}

extension YAMLNode {
    /// Whether a map or a list is written in brackets.
    var isFlow: Bool {
        guard let first = span.source.bytes[span.range].first else { return false }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }
}
