import Diagnostics
import InjectTesting
import Testing
import YAMLSyntax

@Suite("YAML that is read")
struct YAMLReaderTests {
    static func read(_ text: String) throws -> YAMLNode {
        try YAMLReader.read(SourceText(name: "a.yaml", bytes: Array(text.utf8)))
    }

    /// A node as one line: text in quotes, lists in brackets, maps in braces.
    static func outline(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text): "'\(text)'"
        case .sequence(let elements): "[" + elements.map(outline).joined(separator: " ") + "]"
        case .mapping(let pairs): "{" + pairs.map { "\($0.key)=" + outline($0.value) }.joined(separator: " ") + "}"
        }
    }

    @Test(
        "every scalar is the text that was written",
        arguments: [
            ("no", "'no'"), ("on", "'on'"), ("1e3", "'1e3'"), ("0400", "'0400'"), ("~", "'~'"), ("null", "'null'"),
            ("true", "'true'"), ("1:20", "'1:20'"), ("2026-11-24", "'2026-11-24'"), ("''", "''"), ("' a '", "' a '"),
            ("\"a\\u00e9\\\\\"", "'aé\\'"), ("'it''s'", "'it's'"), ("a b  c", "'a b  c'"), ("a\n b", "'a b'"),
            ("a: ", "{a=''}"), ("a:\nb:", "{a='' b=''}"), ("- \n- x", "['' 'x']"), ("---", "''"),
            ("--- a\n...\n", "'a'"), ("{a, b: 1}", "{a='' b='1'}"), ("[a: 1]", "[{a='1'}]"), ("[]", "[]"), ("{}", "{}"),
            ("\"<<\": 1", "{<<='1'}"), ("a: b #c", "{a='b'}"), ("a: b#c", "{a='b#c'}"),
            ("b: 1\na: 2", "{b='1' a='2'}"), ("? a\n: b", "{a='b'}"), ("a: [b, {c: d}]", "{a=['b' {c='d'}]}"),
            ("a: refs/heads/*", "{a='refs/heads/*'}"), ("a: ö", "{a='ö'}"),
        ]
    )
    func scalars(text: String, expected: String) throws {
        #expect(try Self.outline(Self.read(text)) == expected)
    }

    @Test("spans are bytes of the text, whatever stands before them")
    func spans() throws {
        let text = "# Zoë 😀\nübung: [ä, \"ö😀\", c]\r\nlast: e\u{301}x\n"
        let source = SourceText(name: "a.yaml", bytes: Array(text.utf8))
        guard case .mapping(let pairs) = try YAMLReader.read(source).content,
            case .sequence(let elements) = pairs[0].value.content
        else { throw WrongKind() }
        let spans = [pairs[0].keySpan] + elements.map(\.span) + [pairs[1].keySpan, pairs[1].value.span]
        let texts = spans.map { String(decoding: source.bytes[$0.range], as: UTF8.self) }
        #expect(texts == ["übung", "ä", "\"ö😀\"", "c", "last", "e\u{301}x"])
        #expect(spans.map(\.line) == [2, 2, 2, 2, 3, 3])
        #expect(spans.map(\.column) == [1, 9, 12, 18, 1, 7])
    }

    @Test("a map or list spans from its first to its last byte")
    func containers() throws {
        let source = SourceText(name: "a.yaml", bytes: Array("a: [1, 2]\nb: {c: d}\n".utf8))
        guard case .mapping(let pairs) = try YAMLReader.read(source).content else { throw WrongKind() }
        let texts = pairs.map { String(decoding: source.bytes[$0.value.span.range], as: UTF8.self) }
        #expect(texts == ["[1, 2]", "{c: d}"])
    }

    // MARK: - Properties

    /// A random document in the subset, as text and as the outline it must be read as.
    static func document(_ random: inout SeededRandom, depth: Int) -> (text: String, outline: String) {
        switch random.below(depth > 0 ? 4 : 2) {
        case 0, 1:
            let text = word(&random)
            return ("\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"", "'\(text)'")
        case 2:
            let parts = (0..<random.below(4)).map { _ in document(&random, depth: depth - 1) }
            return (
                "[" + parts.map(\.text).joined(separator: ", ") + "]",
                "[" + parts.map(\.outline).joined(separator: " ") + "]"
            )
        default:
            let parts = (0..<random.below(4)).map { ("k\($0)é", document(&random, depth: depth - 1)) }
            return (
                "{" + parts.map { "\($0.0): \($0.1.text)" }.joined(separator: ", ") + "}",
                "{" + parts.map { "\($0.0)=\($0.1.outline)" }.joined(separator: " ") + "}"
            )
        }
    }

    static func word(_ random: inout SeededRandom) -> String {
        let alphabet: [Character] = ["a", "0", "\"", "\\", "é", "😀", ":", "#", "*", "&", "{", "]", ",", "'", "/"]
        return String((0..<random.below(7)).map { _ in alphabet[random.below(alphabet.count)] })
    }

    @Test("what is written in the subset is read back", arguments: 0..<500)
    func roundTrip(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let (text, outline) = Self.document(&random, depth: 4)
        #expect(try Self.outline(Self.read(text)) == outline, "seed \(seed): \(text)")
    }

    @Test("no damage to a text makes the reader trap, and every refusal can be shown")
    func damage() {
        let base = Array("a: &x [1, 'é', \"\\u00e9\"]\nb: {c: *x, <<: d}\n? e\n: |\n  f\n# g\n--- !!h i\n".utf8)
        var random = SeededRandom(seed: 7)
        var read = 0
        for _ in 0..<20_000 {
            var text = base
            for _ in 0...random.below(8) where !text.isEmpty {
                let place = random.below(text.count)
                switch random.below(4) {
                case 0: text[place] = UInt8(random.below(256))
                case 1: text.removeSubrange(place..<min(place + random.below(12), text.count))
                case 2: text.insert(base[random.below(base.count)], at: place)
                default: text.removeSubrange(place...)
                }
            }
            do {
                _ = try YAMLReader.read(SourceText(name: "a.yaml", bytes: text))
                read += 1
            } catch {
                #expect(error.text.hasPrefix("error[yaml-"))
            }
        }
        #expect(read > 0 && read < 20_000)
    }
}
