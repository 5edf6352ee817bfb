import Diagnostics
import Testing
import YAMLSyntax

@Suite("YAML that is refused")
struct YAMLRefusalTests {
    static func diagnostic(_ bytes: [UInt8]) -> Diagnostic? {
        do {
            _ = try YAMLReader.read(SourceText(name: "a.yaml", bytes: bytes))
            return nil
        } catch {
            return error
        }
    }

    /// Where a diagnostic stands, as `ID line:column+width`.
    static func summary(_ bytes: [UInt8]) -> String {
        guard let found = diagnostic(bytes) else { return "read" }
        guard case .span(let span, _) = found.place else { return found.id.description }
        return "\(found.id) \(span.line):\(span.column)+\(span.widthOnFirstLine)"
    }

    @Test(
        "each construct outside the subset has its id and its exact place",
        arguments: [
            ("", "yaml-empty"),
            ("# only a comment\n", "yaml-empty"),
            ("a: 1\nb: 2\na: 3\n", "yaml-duplicate-key 3:1+1"),
            ("a: 1\n\"a\": 3\n", "yaml-duplicate-key 2:1+3"),
            ("{a: {b: 1, b: 2}}", "yaml-duplicate-key 1:12+1"),
            ("a: &x 1", "yaml-anchor 1:4+4"),
            ("a: &x [1]", "yaml-anchor 1:4+4"),
            ("a: &x {b: 1}", "yaml-anchor 1:4+4"),
            ("a: *x", "yaml-anchor 1:4+2"),
            ("*x : a", "yaml-anchor 1:1+2"),
            ("a:\n  <<: {b: 1}", "yaml-merge-key 2:3+2"),
            ("a: !!str 1", "yaml-tag 1:4+7"),
            ("a: !x [1]", "yaml-tag 1:4+4"),
            ("! a: 1", "yaml-tag 1:1+3"),
            ("%YAML 1.1\n---\na: 1", "yaml-tag 1:1+9"),
            ("%TAG ! tag:x,2000:\n---\na: 1", "yaml-tag 1:1+18"),
            ("a: 1\n---\nb: 2", "yaml-several-documents 2:1+3"),
            ("a: 1\n...\n---\nb: 2", "yaml-several-documents 3:1+3"),
            ("? [a]\n: 1", "yaml-complex-key 1:3+1"),
            ("{{a: 1}: 2}", "yaml-complex-key 1:2+1"),
            ("a:\tb", "yaml-tab 1:3+1"),
            ("# a\tb", "yaml-tab 1:4+1"),
            ("a: [1", "yaml-syntax 1:6+1"),
            ("a: b: c", "yaml-syntax 1:5+1"),
            ("a: \"1", "yaml-syntax 1:6+1"),
            ("é: ü\nü: é: ö", "yaml-syntax 2:5+1"),
            ("a: @b", "yaml-syntax 1:4+1"),
        ]
    )
    func constructs(text: String, expected: String) {
        #expect(Self.summary(Array(text.utf8)) == expected)
    }

    @Test(
        "what a reviewer cannot see is refused in the text, in comments and behind escapes",
        arguments: [
            ("a: 1\r\nb: 2\r\n", "read"),
            ("a: 1 # x\rb: 2", "yaml-encoding 1:9+1"),
            ("a: 1 # x\u{85}b: 2", "yaml-encoding 1:9+1"),
            ("a: 1 # é\u{2028}b: 2", "yaml-encoding 1:9+1"),
            ("a: 1 # x\u{2029}b: 2", "yaml-encoding 1:9+1"),
            ("a: 1 # \u{202E}x", "yaml-encoding 1:8+1"),
            ("a: \u{200F}x", "yaml-encoding 1:4+1"),
            ("a: \u{7F}", "yaml-encoding 1:4+1"),
            ("a: \u{1B}[2J", "yaml-encoding 1:4+1"),
            ("a: \u{0}", "yaml-encoding 1:4+1"),
            ("a: \u{80}", "yaml-encoding 1:4+1"),
            ("a: x\u{FEFF}", "yaml-encoding 1:5+1"),
            ("a: \"\\e[2J\"", "yaml-encoding 1:4+7"),
            ("a: \"x\\n::stop-commands::y\"", "yaml-encoding 1:4+23"),
            ("a: \"\\t\"", "yaml-encoding 1:4+4"),
            ("a: \"\\u202e\"", "yaml-encoding 1:4+8"),
            ("a: \"\\0\"", "yaml-encoding 1:4+4"),
            ("\"a\\nb\": 1", "yaml-encoding 1:1+6"),
            ("a: |\n  x\n  y\n", "yaml-encoding 1:4+1"),
            ("a: >-\n  x\n  y\n", "read"),
        ]
    )
    func unseen(text: String, expected: String) {
        #expect(Self.summary(Array(text.utf8)) == expected)
    }

    @Test(
        "bytes that are no UTF-8 are refused at the first of them",
        arguments: [
            (Array("é: ".utf8) + [0xFF], "yaml-encoding 1:4+1"),
            (Array("a: 1\nb: ".utf8) + [0xC3], "yaml-encoding 2:4+1"),
            (Array("a: ".utf8) + [0xC0, 0x80], "yaml-encoding 1:4+1"),
            (Array("a: ".utf8) + [0xED, 0xA0, 0x80], "yaml-encoding 1:4+1"),
            ([0xFF, 0xFE, 0x61, 0x00], "yaml-encoding 1:1+1"),
            ([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8), "yaml-byte-order-mark"),
        ] as [([UInt8], String)]
    )
    func encoding(bytes: [UInt8], expected: String) {
        #expect(Self.summary(bytes) == expected)
    }

    // MARK: - Limits

    @Test("a file is read up to 256 KiB and refused above")
    func size() {
        let line = Array("a: 1 # ".utf8)
        let full = line + [UInt8](repeating: UInt8(ascii: "x"), count: 256 * 1024 - line.count)
        #expect(Self.summary(full) == "read")
        #expect(Self.summary(full + [UInt8(ascii: "x")]) == "yaml-too-large")
    }

    @Test("lists and maps nest up to 16 deep", arguments: [(16, "read"), (17, "yaml-too-large 1:18+1")])
    func depth(levels: Int, expected: String) {
        let text = String(repeating: "[", count: levels) + "a" + String(repeating: "]", count: levels)
        #expect(Self.summary(Array(text.utf8)) == expected)
    }

    @Test("a document has up to 40,000 nodes", arguments: [(39_999, "read"), (40_000, "yaml-too-large 40000:3+1")])
    func nodes(elements: Int, expected: String) {
        let text = String(repeating: "- a\n", count: elements)
        #expect(Self.summary(Array(text.utf8)) == expected)
    }

    @Test("brackets without end are refused at the limit and not at the end of the stack")
    func brackets() {
        let text = [UInt8](repeating: UInt8(ascii: "["), count: 200_000)
        #expect(Self.summary(text) == "yaml-too-large 1:18+1")
    }

    // MARK: - Whole texts

    @Test("a duplicate key names both lines")
    func duplicateKeyText() {
        #expect(
            Self.diagnostic(Array("prod: 1\nref: 2\nprod: 3\n".utf8))?.text == """
                error[yaml-duplicate-key]: the key `prod` stands here twice, and readers disagree on which one counts
                 --> a.yaml:3:1
                  |
                3 | prod: 3
                  | ^^^^ again
                  |
                  = note: it stands first in line 1
                  = help: merge the two, or remove one

                """
        )
    }

    @Test("keys are compared as bytes: two spellings of é are two keys")
    func canonicallyEqualKeys() throws {
        let root = try YAMLReader.read(SourceText(name: "a.yaml", bytes: Array("\u{E9}: 1\ne\u{301}: 2\n".utf8)))
        guard case .mapping(let pairs) = root.content else { throw WrongKind() }
        #expect(pairs.count == 2)
    }

    @Test("a caret below text with wide characters stands below the mistake")
    func multiByteText() {
        #expect(
            Self.diagnostic(Array("owner: Zoë Müller\nref: ö *main\nenv: *main\n".utf8))?.text == """
                error[yaml-anchor]: an alias repeats lines from elsewhere
                 --> a.yaml:3:6
                  |
                3 | env: *main
                  |      ^^^^^
                  |
                  = help: write them out

                """
        )
    }

    @Test(
        "every refusal says what to do",
        arguments: ["a: *x", "<<: 1", "a: !b c", "a: 1\n---\n", "? {}", "a: \u{7F}", "[", "a\tb"])
    func helps(text: String) {
        let remarks = Self.diagnostic(Array(text.utf8))?.remarks ?? []
        #expect(remarks.contains { if case .help = $0 { true } else { false } })
    }
}

/// A node of another kind than the test is about.
struct WrongKind: Error {}
