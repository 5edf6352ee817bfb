internal import Diagnostics

/// Builds nodes out of events and writes aliases out, as long as the budget lasts.
struct LenientYAMLComposer: ~Copyable {
    /// A node with what it costs: an alias shares its memory, but whoever walks it pays for every node again.
    private struct Composed {
        let node: YAMLNode
        let count: Int
        let height: Int
    }

    private let source: SourceText
    private let limits: YAMLLimits
    private var events: YAMLEventStream
    private var anchors: [String: Composed] = [:]
    private var nodes = 0

    init(source: SourceText, limits: YAMLLimits, events: consuming YAMLEventStream) {
        self.source = source
        self.limits = limits
        self.events = events
    }

    /// The file's first document.
    mutating func document() throws(Diagnostic) -> YAMLNode {
        _ = try events.next()
        guard case .documentStart = try events.next().kind else {
            throw Diagnostic(.yamlEmpty, "the file is empty", at: .file(source.name))
        }
        return try composed(try events.next(), depth: 0).node
    }

    private mutating func composed(_ event: YAMLEvent, depth: Int) throws(Diagnostic) -> Composed {
        if case .alias(let name) = event.kind { return try resolved(name, event.span, depth: depth) }
        try pay(1, depth: depth, at: event.span)
        let result: Composed
        switch event.kind {
        case .scalar(let text, _):
            result = Composed(node: YAMLNode(content: .scalar(text), span: event.span), count: 1, height: 0)
        case .sequenceStart: result = try sequence(from: event.span, depth: depth + 1)
        case .mappingStart: result = try mapping(from: event.span, depth: depth + 1)
        default: throw Diagnostic(.yamlSyntax, "a value is missing here", at: .span(event.span, label: nil))
        }
        // Only a finished node can be repeated, so no node ever holds itself.
        if let anchor = event.anchor { anchors[anchor] = result }
        return result
    }

    private mutating func resolved(_ name: String, _ span: SourceSpan, depth: Int) throws(Diagnostic) -> Composed {
        guard let target = anchors[name] else {
            throw Diagnostic(.yamlAnchor, "no finished value above is called `\(name)`", at: .span(span, label: nil))
        }
        try pay(target.count, depth: depth + target.height, at: span)
        return target
    }

    private mutating func sequence(from start: SourceSpan, depth: Int) throws(Diagnostic) -> Composed {
        var elements: [YAMLNode] = []
        var (count, height) = (1, 0)
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind {
                let node = YAMLNode(content: .sequence(elements), span: joined(start, event.span))
                return Composed(node: node, count: count, height: height)
            }
            let element = try composed(event, depth: depth)
            elements.append(element.node)
            (count, height) = (count + element.count, max(height, element.height + 1))
        }
    }

    private mutating func mapping(from start: SourceSpan, depth: Int) throws(Diagnostic) -> Composed {
        var pairs: [YAMLNode.Pair] = []
        var places: [[UInt8]: Int] = [:]
        var (count, height) = (1, 0)
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind {
                let node = YAMLNode(content: .mapping(pairs), span: joined(start, event.span))
                return Composed(node: node, count: count, height: height)
            }
            let key = try composed(event, depth: depth)
            let value = try composed(try events.next(), depth: depth)
            let pair = YAMLNode.Pair(key: key.node.text ?? "", keySpan: event.span, value: value.node)
            if let place = places[Array(pair.key.utf8)] {
                pairs[place] = pair
            } else {
                places[Array(pair.key.utf8)] = pairs.count
                pairs.append(pair)
            }
            count += key.count + value.count
            height = max(height, key.height + 1, value.height + 1)
        }
    }

    private mutating func pay(_ count: Int, depth: Int, at span: SourceSpan) throws(Diagnostic) {
        nodes += count
        guard nodes <= limits.nodes, depth <= limits.depth else {
            let limit = depth > limits.depth ? "\(limits.depth) levels" : "\(limits.nodes) nodes"
            let message = "the file has more than \(limit), aliases written out"
            throw Diagnostic(.yamlTooLarge, message, at: .span(span, label: nil), [.help("split it")])
        }
    }

    private func joined(_ start: SourceSpan, _ end: SourceSpan) -> SourceSpan {
        SourceSpan(source, start.range.lowerBound..<max(start.range.upperBound, end.range.upperBound))
    }
}
