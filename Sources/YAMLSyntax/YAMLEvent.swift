internal import Diagnostics

/// One step of the parser, as far as the two readers need it.
struct YAMLEvent {
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart(hasDirectives: Bool)
        case documentEnd
        case alias(String)
        case scalar(String, isPlain: Bool)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    let kind: Kind
    /// The anchor's name, where the node has one.
    let anchor: String?
    let hasTag: Bool
    let span: SourceSpan

    var hasAnchor: Bool { anchor != nil }
}
