internal import CYAML
internal import Diagnostics

/// The sole owner of a libyaml parser; gives its events with byte spans.
struct YAMLEventStream: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeMutableBufferPointer<UInt8>
    private let source: SourceText
    /// The byte offset of each character, or empty where characters are bytes.
    private let characterOffsets: [Int]

    init(_ source: SourceText) throws(Diagnostic) {
        self.source = source
        characterOffsets = Self.offsets(of: source.bytes)
        parser = .allocate(capacity: 1)
        // libyaml keeps the pointer for as long as it parses.
        text = .allocate(capacity: max(source.bytes.count, 1))
        _ = text.initialize(from: source.bytes)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            text.deallocate()
            throw Diagnostic(.yamlSyntax, "there is no memory to read the file", at: .file(source.name))
        }
        yaml_parser_set_input_string(parser, text.baseAddress, source.bytes.count)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        text.deallocate()
    }

    /// The next event; throws where the text is no YAML.
    mutating func next() throws(Diagnostic) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError() }
        defer { yaml_event_delete(&event) }
        let range = offset(event.start_mark)..<max(offset(event.end_mark), offset(event.start_mark))
        let (anchor, tag) = Self.properties(of: event)
        return YAMLEvent(
            kind: Self.kind(of: event),
            anchor: anchor,
            hasTag: tag,
            span: SourceSpan(source, range)
        )
    }

    private static func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: .streamStart
        case YAML_DOCUMENT_START_EVENT: .documentStart(hasDirectives: hasDirectives(event))
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_ALIAS_EVENT: .alias(name(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            .scalar(text(of: event), isPlain: event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT: .sequenceStart
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_START_EVENT: .mappingStart
        case YAML_MAPPING_END_EVENT: .mappingEnd
        default: .streamEnd
        }
    }

    private static func hasDirectives(_ event: yaml_event_t) -> Bool {
        let document = event.data.document_start
        return document.version_directive != nil || document.tag_directives.start != document.tag_directives.end
    }

    private static func properties(of event: yaml_event_t) -> (anchor: String?, tag: Bool) {
        switch event.type {
        case YAML_SCALAR_EVENT: (name(event.data.scalar.anchor), event.data.scalar.tag != nil)
        case YAML_SEQUENCE_START_EVENT:
            (name(event.data.sequence_start.anchor), event.data.sequence_start.tag != nil)
        case YAML_MAPPING_START_EVENT: (name(event.data.mapping_start.anchor), event.data.mapping_start.tag != nil)
        default: (nil, false)
        }
    }

    private static func name(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        bytes.map { String(cString: $0) }
    }

    private static func text(of event: yaml_event_t) -> String {
        let bytes = UnsafeBufferPointer(start: event.data.scalar.value, count: event.data.scalar.length)
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: - Places

    /// libyaml counts characters; spans count bytes.
    private func offset(_ mark: yaml_mark_t) -> Int {
        guard !characterOffsets.isEmpty else { return min(Int(mark.index), source.bytes.count) }
        return Int(mark.index) < characterOffsets.count ? characterOffsets[Int(mark.index)] : source.bytes.count
    }

    private static func offsets(of bytes: [UInt8]) -> [Int] {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return [] }
        return bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 }
    }

    private func syntaxError() -> Diagnostic {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "the text ends too early"
        let context = parser.pointee.context.map { " " + String(cString: $0) } ?? ""
        let start = offset(parser.pointee.problem_mark)
        return Diagnostic(
            .yamlSyntax,
            "this is not YAML: \(problem)\(context)",
            at: .span(SourceSpan(source, start..<start + 1), label: nil),
            [.help("quote text that holds `: `, ` #`, `*`, `&`, `{` or `[`, and check the indentation")]
        )
    }
}
