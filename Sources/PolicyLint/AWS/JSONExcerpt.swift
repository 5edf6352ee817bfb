internal import Diagnostics
internal import StrictJSON

/// A JSON text inside of a file: the file itself, or a text of it that is JSON again.
struct JSONExcerpt {
    let bytes: [UInt8]
    let root: JSONNode
    private let source: SourceText
    /// The text of the file that this was a text of; nil for the file itself.
    private let place: SourceSpan?

    /// Reads a file.
    init(_ source: SourceText) throws(Diagnostic) {
        do {
            root = try JSONDocument(source.bytes, limits: Self.limits).root
        } catch {
            throw Diagnostic(
                .iamUnreadable,
                "this is not the JSON of a policy: \(Self.reason(error.code))",
                at: .line(file: source.name, line: source.line(at: error.offset)),
                [.help("write the policy as plain JSON, or as the JSON of CloudFormation or Terraform")]
            )
        }
        bytes = source.bytes
        self.source = source
        place = nil
    }

    /// Reads a text of a file; nil where it is no JSON.
    init?(_ text: JSONString, of outer: JSONExcerpt) {
        let bytes = outer.bytes.withUnsafeBytes { text.bytes(in: $0) }
        guard outer.place == nil, bytes.first == UInt8(ascii: "{"),
            let document = try? JSONDocument(bytes, limits: Self.limits)
        else { return nil }
        self.bytes = bytes
        root = document.root
        source = outer.source
        place = outer.span(text.range)
    }

    /// The place of a range of the text.
    func span(_ range: Range<Int>) -> SourceSpan { place ?? SourceSpan(source, range) }

    /// The place at which a node can be seen to begin.
    func start(of node: JSONNode) -> SourceSpan { span(Self.range(of: node) ?? 0..<1) }

    /// The text of a string.
    func text(_ string: JSONString) -> String {
        String(decoding: bytes.withUnsafeBytes { string.bytes(in: $0) }, as: UTF8.self)
    }

    private static func range(of node: JSONNode) -> Range<Int>? {
        switch node {
        case .null, .bool: nil
        case .number(let number): number.range
        case .string(let string): string.range
        case .array(let elements): elements.lazy.compactMap(range).first
        case .object(let object): object.members.first?.range
        }
    }

    private static let limits = JSONLimits(bytes: 1 << 20, depth: 32, members: 100_000)

    private static func reason(_ code: JSONError.Code) -> String {
        switch code {
        case .tooLong: "it is longer than 1 MiB"
        case .tooDeep: "it nests too deep"
        case .tooManyMembers: "it has too many members"
        case .byteOrderMark: "it begins with a byte-order mark"
        case .unexpectedEnd: "it ends too early"
        case .unexpectedByte: "a character stands where none can"
        case .malformedNumber: "a number is malformed"
        case .controlCharacter: "a text holds a control character"
        case .malformedEscape, .loneSurrogate: "an escape is malformed"
        case .invalidUTF8: "a text is not UTF-8"
        case .duplicateMember: "a name stands twice in an object, and readers disagree on which counts"
        case .trailingBytes: "something follows the value"
        }
    }
}

extension Diagnostic.ID {
    /// A file that holds no policy of IAM that can be read.
    static let iamUnreadable = Diagnostic.ID("aws-iam-unreadable")
}
