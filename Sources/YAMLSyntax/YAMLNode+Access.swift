package import Diagnostics

extension YAMLNode {
    /// The text of a scalar.
    package var text: String? {
        guard case .scalar(let text) = content else { return nil }
        return text
    }

    /// The pairs of a map; none for another kind of node.
    package var pairs: [Pair] {
        guard case .mapping(let pairs) = content else { return [] }
        return pairs
    }

    /// The elements of a list; none for another kind of node.
    package var elements: [YAMLNode] {
        guard case .sequence(let elements) = content else { return [] }
        return elements
    }

    /// The pair of a map with these bytes as its key.
    package func pair(_ key: String) -> Pair? { pairs.first { $0.key.utf8.elementsEqual(key.utf8) } }

    /// The value of the pair with these bytes as its key.
    package subscript(_ key: String) -> YAMLNode? { pair(key)?.value }

    /// The texts of a scalar or of a list of scalars, each with its place.
    package var texts: [(text: String, span: SourceSpan)] {
        if let text { return [(text, span)] }
        return elements.compactMap { element in element.text.map { ($0, element.span) } }
    }

    /// Whether a scalar stands in the file without quotes and not as a block.
    package var isPlain: Bool {
        guard text != nil, let first = span.source.bytes[span.range].first else { return false }
        return !"\"'|>".utf8.contains(first)
    }
}
