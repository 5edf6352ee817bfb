import Diagnostics
import InjectTesting
import Testing
import YAMLSyntax

@Suite("YAML of others")
struct LenientYAMLReaderTests {
    static func read(_ bytes: [UInt8]) throws(Diagnostic) -> YAMLNode {
        try LenientYAMLReader.read(SourceText(name: "a.yml", bytes: bytes))
    }

    /// The document in one line, or `ID line` of what is wrong.
    static func summary(_ bytes: [UInt8]) -> String {
        do {
            return flat(try read(bytes))
        } catch {
            guard case .span(let span, _) = error.place else { return error.id.description }
            return "\(error.id) \(span.line)"
        }
    }

    private static func flat(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text): text
        case .sequence(let elements): "[" + elements.map(flat).joined(separator: ",") + "]"
        case .mapping(let pairs): "{" + pairs.map { "\($0.key):\(flat($0.value))" }.joined(separator: ",") + "}"
        }
    }

    @Test(
        "what the strict subset leaves out is read",
        arguments: [
            ("a: &x 1\nb: *x", "{a:1,b:1}"),
            ("a: &x [1, {c: d}]\nb: [*x, *x]", "{a:[1,{c:d}],b:[[1,{c:d}],[1,{c:d}]]}"),
            ("a: &x 1\nb: &x 2\nc: *x", "{a:1,b:2,c:2}"),
            ("a: 1\na: 2", "{a:2}"),
            ("a: !Sub x", "{a:x}"),
            ("%YAML 1.1\n---\na: 1", "{a:1}"),
            ("a: 1\n---\nb: 2", "{a:1}"),
            ("a:\t1", "{a:1}"),
            ("a: |\n  x\n  y\n", "{a:x\ny\n}"),
            ("a: 1\r\nb: 2\nc: 3\r", "{a:1,b:2,c:3}"),
            ("on: push", "{on:push}"),
            ("? [a]\n: 1", "{:1}"),
            ("<<: {b: 1}", "{<<:{b:1}}"),
            ("- 1", "[1]"),
            ("{\"a\": \"\\u00e9\", \"b\": [true, null]}", "{a:é,b:[true,null]}"),
        ]
    )
    func constructs(text: String, expected: String) {
        #expect(Self.summary(Array(text.utf8)) == expected)
    }

    static let unreadable: [(bytes: [UInt8], expected: String)] = [
        (Array("".utf8), "yaml-empty"),
        (Array("# x".utf8), "yaml-empty"),
        (Array("a: *x".utf8), "yaml-anchor 1"),
        (Array("a: &x [*x]".utf8), "yaml-anchor 1"),
        (Array("a: b: c".utf8), "yaml-syntax 1"),
        (Array("a: 1\nb: \u{0}".utf8), "yaml-encoding 2"),
        (Array("a: \u{7}".utf8), "yaml-encoding 1"),
        ([0x61, 0x3A, 0x0A, 0xFF, 0x0A], "yaml-encoding 2"),
        ([0x61, 0x3A, 0x20, 0xC3], "yaml-encoding 1"),
        (Array("\n\n\u{FEFF}a: 1".utf8), "yaml-encoding 3"),
    ]

    @Test("what nobody can read is refused with its place", arguments: unreadable)
    func refusals(bytes: [UInt8], expected: String) {
        #expect(Self.summary(bytes) == expected)
    }

    @Test("a bomb of aliases costs its size written out, and is refused")
    func bomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let below = (0..<9).map { _ in "*a\(level - 1)" }.joined(separator: ", ")
            text += "a\(level): &a\(level) [\(below)]\n"
        }
        #expect(Self.summary(Array(text.utf8)) == "yaml-too-large 6")
    }

    @Test("depth is bounded, also where aliases stack it up")
    func depth() {
        let nested = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(Self.summary(Array(nested.utf8)) == nested)
        #expect(Self.summary(Array("[[\(nested)]]".utf8)) == "yaml-too-large 1")
        let half = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        let stacked = "a: &x \(half)\nb: [[[[[[[[[[[[[[[[[[[[[[[[[*x]]]]]]]]]]]]]]]]]]]]]]]]]"
        #expect(Self.summary(Array(stacked.utf8)) == "yaml-too-large 2")
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        #expect(Self.summary(deep).hasPrefix("yaml-"))
    }

    @Test("ten megabytes are refused unread")
    func length() {
        #expect(Self.summary([UInt8](repeating: UInt8(ascii: "#"), count: 10_000_000)) == "yaml-too-large")
    }

    @Test("spans lie in the text whatever is in it")
    func spans() throws {
        var random = SeededRandom(seed: 5)
        let pieces = [
            "a", ": ", "\n", "- ", "&x ", "*x", "[", "]", "{", "}", "|", "é", "\"", "#", "  ", "!t ", "\u{0}",
        ]
        for _ in 0..<5_000 {
            let text = (0...random.below(20)).map { _ in pieces[random.below(pieces.count)] }.joined()
            let bytes = Array(text.utf8)
            guard let node = try? Self.read(bytes) else { continue }
            #expect(node.span.range.upperBound <= bytes.count, "\(text)")
        }
    }
}
