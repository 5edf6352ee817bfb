internal import Diagnostics

/// Builds nodes out of events and refuses what the strict subset leaves out.
struct YAMLComposer: ~Copyable {
    private let source: SourceText
    private let limits: YAMLLimits
    private var events: YAMLEventStream
    private var nodes = 0

    init(source: SourceText, limits: YAMLLimits, events: consuming YAMLEventStream) {
        self.source = source
        self.limits = limits
        self.events = events
    }

    /// The file's one document.
    mutating func document() throws(Diagnostic) -> YAMLNode {
        _ = try events.next()
        let start = try events.next()
        guard case .documentStart(let hasDirectives) = start.kind else {
            throw Diagnostic(.yamlEmpty, "the file is empty", at: .file(source.name))
        }
        guard !hasDirectives else {
            throw refusal(.yamlTag, "a directive changes how the file is read", start.span, "remove it")
        }
        let root = try node(from: try events.next(), depth: 0)
        _ = try events.next()
        let end = try events.next()
        guard case .streamEnd = end.kind else {
            let message = "a second document starts here, and nobody would read it"
            throw refusal(.yamlSeveralDocuments, message, end.span, "keep one policy in one file")
        }
        return root
    }

    private mutating func node(from event: YAMLEvent, depth: Int) throws(Diagnostic) -> YAMLNode {
        try check(event, depth: depth)
        switch event.kind {
        case .scalar(let text, _): return YAMLNode(content: .scalar(text), span: event.span)
        case .sequenceStart: return try sequence(from: event.span, depth: depth + 1)
        case .mappingStart: return try mapping(from: event.span, depth: depth + 1)
        default: throw refusal(.yamlSyntax, "a value is missing here", event.span)
        }
    }

    private mutating func sequence(from start: SourceSpan, depth: Int) throws(Diagnostic) -> YAMLNode {
        var elements: [YAMLNode] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind {
                return YAMLNode(content: .sequence(elements), span: joined(start, event.span))
            }
            elements.append(try node(from: event, depth: depth))
        }
    }

    private mutating func mapping(from start: SourceSpan, depth: Int) throws(Diagnostic) -> YAMLNode {
        var pairs: [YAMLNode.Pair] = []
        var seen: [[UInt8]: SourceSpan] = [:]
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind {
                return YAMLNode(content: .mapping(pairs), span: joined(start, event.span))
            }
            let key = try key(from: event, depth: depth)
            if let first = seen.updateValue(event.span, forKey: Array(key.utf8)) {
                throw Diagnostic(
                    .yamlDuplicateKey,
                    "the key `\(key)` stands here twice, and readers disagree on which one counts",
                    at: .span(event.span, label: "again"),
                    [.note("it stands first in line \(first.line)"), .help("merge the two, or remove one")]
                )
            }
            pairs.append(.init(key: key, keySpan: event.span, value: try node(from: try events.next(), depth: depth)))
        }
    }

    private mutating func key(from event: YAMLEvent, depth: Int) throws(Diagnostic) -> String {
        try check(event, depth: depth)
        guard case .scalar(let text, let isPlain) = event.kind else {
            throw refusal(.yamlComplexKey, "a key must be text", event.span, "write it as `key: value`")
        }
        guard !(isPlain && text == "<<") else {
            throw refusal(.yamlMergeKey, "a merge key pulls in lines from elsewhere", event.span, "write them out")
        }
        return text
    }

    private mutating func check(_ event: YAMLEvent, depth: Int) throws(Diagnostic) {
        if case .alias = event.kind {
            throw refusal(.yamlAnchor, "an alias repeats lines from elsewhere", event.span, "write them out")
        }
        guard !event.hasAnchor else {
            throw refusal(.yamlAnchor, "an anchor lets this act on other lines", event.span, "write them out")
        }
        guard !event.hasTag else {
            throw refusal(.yamlTag, "a tag changes the type, and every value here is text", event.span, "remove it")
        }
        nodes += 1
        guard nodes <= limits.nodes, depth <= limits.depth else {
            let limit = depth > limits.depth ? "\(limits.depth) levels" : "\(limits.nodes) nodes"
            throw refusal(.yamlTooLarge, "the file has more than \(limit)", event.span, "split the policy")
        }
        if case .scalar(let text, _) = event.kind, !limits.allowsAnyText { try checkText(text, event.span) }
    }

    /// An escape such as `\e` or `\n`, or a block of lines, would write into the log of whoever reads about it.
    private func checkText(_ text: String, _ span: SourceSpan) throws(Diagnostic) {
        guard let unseen = text.unicodeScalars.first(where: UnseenCharacter.contains) else { return }
        let isBreak = unseen == "\n"
        throw refusal(
            .yamlEncoding,
            isBreak
                ? "this text has a line break inside" : "this text holds \(UnseenCharacter.name(of: unseen)), unseen",
            span,
            "write plain text on one line" + (isBreak ? "; `>-` joins lines" : "")
        )
    }

    private func refusal(
        _ id: Diagnostic.ID,
        _ message: String,
        _ span: SourceSpan,
        _ help: String? = nil
    ) -> Diagnostic {
        Diagnostic(id, message, at: .span(span, label: nil), help.map { [.help($0)] } ?? [])
    }

    private func joined(_ start: SourceSpan, _ end: SourceSpan) -> SourceSpan {
        SourceSpan(source, start.range.lowerBound..<max(start.range.upperBound, end.range.upperBound))
    }
}
