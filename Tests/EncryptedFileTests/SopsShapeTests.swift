import InjectTesting
import Secrets
import Testing

@testable import EncryptedFile

@Suite("Edits of encrypted files of any shape")
struct SopsShapeTests {
    private static let rules = [(name: "encrypted_regex", leaf: SopsJSON.quoted("^data$"))]

    /// A file of a text in which `<a.b=value>` is an encrypted value at its place, and `SOPS` the part of that name.
    static func file(
        _ text: String,
        _ format: SopsFormat,
        _ key: SecretBytes,
        settings: [(name: String, leaf: SopsLeaf)] = []
    ) throws -> SopsFile {
        let block = SopsBlock(wrappings: [], moment: SopsFileTests.moment, settings: settings)
        let part =
            switch format {
            case .yaml: block.yaml
            case .json: "\"sops\": " + SopsJSON.text(block.node)
            case .dotenv: block.dotenv
            }
        let full = try text.replacing("SOPS", with: part).replacing(/<([^=>]+)=([^>]*)>/) { match in
            let path = SopsPath(names: match.1.split(separator: ".").map(String.init))
            return try SopsValue(sealing: .of(String(match.2)), with: key, at: path).text
        }
        return try SopsFile(Array(full.utf8), format: format).sealed(with: key, at: SopsFileTests.moment)
    }

    /// The text of a file with `<a.b=value>` for what is encrypted, up to the `sops` part.
    static func shown(_ file: SopsFile, _ key: SecretBytes) throws -> String {
        let content = try SopsFile(file.bytes, format: file.format).open(with: key)
        let text = zip(file.leaves, content.values).reduce(String(decoding: file.bytes, as: UTF8.self)) { text, entry in
            guard entry.1.type != nil else { return text }
            return text.replacing(
                entry.0.leaf.text, with: "<\(entry.1.path.text)=\(entry.1.plaintext.exposedText)>")
        }
        return String(text.prefix(upTo: text.firstRange(of: "sops")?.lowerBound ?? text.endIndex))
    }

    @Test(
        "a value in a list is neither changed nor removed nor read",
        arguments: [
            (
                SopsFormat.json,
                #"{"users":[{"name":"<users.name=a>","password":"<users.password=b>"}],"K":"<K=x>",SOPS}"#,
                ["users.name", "users.password"]
            ),
            (.json, #"{"one":["<one=x>"],"a":{"b":["<a.b=y>",{}]},SOPS}"#, ["one", "a.b"]),
            (.yaml, "one:\n    - <one=x>\n    - {}\nK: <K=x>\nSOPS", ["one"]),
            (.yaml, "a:\n    - b: <a.b=x>\n      c: <a.c=y>\nK: [\"<K=x>\"]\nSOPS", ["a.b", "a.c", "K"]),
            (.yaml, "two:\n    - <two=x>\n    - <two=y>\nSOPS", ["two"]),
        ]
    )
    func lists(format: SopsFormat, text: String, names: [String]) throws {
        let key = try SopsFile.newDataKey()
        let file = try Self.file(text, format, key)
        let refusal = SopsError.name("it is in a list: change it with `sops`")
        for name in names {
            #expect(throws: refusal) { try file.setting(name, to: .of("new"), with: key, at: SopsFileTests.moment) }
            #expect(throws: refusal) { try file.removing(name, with: key, at: SopsFileTests.moment) }
            #expect(try file.open(with: key).value(name) == nil)
        }
    }

    @Test("two values that one name leads to are left alone")
    func sameName() throws {
        let key = try SopsFile.newDataKey()
        let file = try Self.file(#"{"c":{"d":""},"c.d":"",SOPS}"#, .json, key)
        let refusal = SopsError.name("several values have it: change them with `sops`")
        #expect(throws: refusal) { try file.setting("c.d", to: .of("new"), with: key, at: SopsFileTests.moment) }
        #expect(throws: refusal) { try file.removing("c.d", with: key, at: SopsFileTests.moment) }
    }

    @Test(
        "what is removed takes its own lines along and no others",
        arguments: [
            ("note_unencrypted: |\n    a\n    b\nK: <K=x>\nSOPS", "note_unencrypted", "K: <K=x>\n"),
            (
                "a:\n    note_unencrypted: |-\n        a\n    b: <a.b=x>\nSOPS", "a.note_unencrypted",
                "a:\n    b: <a.b=x>\n"
            ),
            ("K: >-\n    <K=x>\nL: <L=y>\nSOPS", "K", "L: <L=y>\n"), ("a:\n    b: <a.b=x>\nSOPS", "a.b", "a:\n"),
            ("K:\nL: <L=y> # why\nM: <M=z>\nSOPS", "K", "L: <L=y> # why\nM: <M=z>\n"),
            ("K:\nL: <L=y> # why\nM: <M=z>\nSOPS", "L", "K:\nM: <M=z>\n"),
        ]
    )
    func removed(text: String, name: String, output: String) throws {
        let key = try SopsFile.newDataKey()
        let after = try Self.file(text, .yaml, key).removing(name, with: key, at: SopsFileTests.moment)
        #expect(try Self.shown(after, key) == output)
    }

    @Test("a line that other values stand in is not removed")
    func sharedLine() throws {
        let key = try SopsFile.newDataKey()
        let file = try Self.file("a: {\n  b: \"<a.b=x>\", c: \"<a.c=y>\",\n  d: \"<a.d=z>\"}\nSOPS", .yaml, key)
        #expect(throws: SopsError.name("other values would change with it: use `sops`")) {
            try file.removing("a.b", with: key, at: SopsFileTests.moment)
        }
        #expect(throws: SopsError.name("it shares its line with another one: remove it with `sops`")) {
            try file.removing("a.c", with: key, at: SopsFileTests.moment)
        }
    }

    @Test(
        "a value is set where its name stands already",
        arguments: [
            ("K:\nL: <L=y>\nSOPS", "K", "K: \"<K=new>\"\nL: <L=y>\n"),
            ("a:\n    K: # why\n    L: <a.L=y>\nSOPS", "a.K", "a:\n    K: \"<a.K=new>\" # why\n    L: <a.L=y>\n"),
            ("K: \"\"\nSOPS", "K", "K: \"<K=new>\"\n"), ("K: null\nSOPS", "K", "K: \"<K=new>\"\n"),
            ("K: |-\n    <K=x>\nL: <L=y>\nSOPS", "K", "K: \"<K=new>\"\nL: <L=y>\n"),
        ]
    )
    func set(text: String, name: String, output: String) throws {
        let key = try SopsFile.newDataKey()
        let after = try Self.file(text, .yaml, key).setting(name, to: .of("new"), with: key, at: SopsFileTests.moment)
        #expect(try Self.shown(after, key) == output)
    }

    @Test(
        "another data key leaves the comments behind the `sops` part",
        arguments: ["", "# end", "\n# an end\n\n", "    # indented\n", "# of L\nL: \"\"\n# end\n"]
    )
    func commentsBehind(rest: String) throws {
        let (old, new) = (try SopsFile.newDataKey(), try SopsFile.newDataKey())
        let after = try Self.file("K: <K=x>\nSOPS" + rest, .yaml, old)
            .rekeyed(from: old, to: new, for: [], at: SopsFileTests.moment)
        let text = String(decoding: after.bytes, as: UTF8.self)
        let version = try #require(text.firstRange(of: "    version: \"3.9.0\"\n"))
        #expect(text[version.upperBound...] == rest)
    }

    @Test("a value that the file's own rules leave readable is not encrypted, since sops would refuse the whole file")
    func rules() throws {
        let key = try SopsFile.newDataKey()
        let text = "kind: Secret\nempty: \"\"\ndata:\n    K: <data.K=x>\nSOPS"
        let file = try Self.file(text, .yaml, key, settings: Self.rules)
        func set(_ name: String, in file: SopsFile) throws -> SopsFile {
            try file.setting(name, to: .of("new"), with: key, at: SopsFileTests.moment)
        }
        #expect(throws: SopsError.name("it is not encrypted in this file")) { try set("kind", in: file) }
        for name in ["empty", "NEW"] {
            #expect(throws: SopsError.name("this file has rules for what is encrypted: set it with `sops`")) {
                try set(name, in: file)
            }
        }
        let after = try Self.shown(try set("data.K", in: file), key)
        #expect(after == "kind: Secret\nempty: \"\"\ndata:\n    K: \"<data.K=new>\"\n")
        let bare = try Self.file("K: <K=x>\nSOPS", .yaml, key)
        #expect(throws: SopsError.name("names that end in `_unencrypted` are not encrypted in this file")) {
            try set("x_unencrypted", in: bare)
        }
    }

    @Test(
        "a value that stands readable in the file is not handed out as a secret",
        arguments: [
            // Whoever has no key adds a value that the MAC does not cover.
            ("data:\n    URL: postgres://evil\nSOPS", "data.URL", true),
            // Or takes one apart, of which the MAC covers the same bytes.
            ("home_unencrypted: https://example.com/\nURL: evil.example.net\nSOPS", "URL", false),
        ]
    )
    func readable(text: String, name: String, isPartlyHashed: Bool) throws {
        let key = try SopsFile.newDataKey()
        let flag = SopsLeaf(text: "True", raw: "true", range: 0..<0)
        let settings = isPartlyHashed ? Self.rules + [(name: "mac_only_encrypted", leaf: flag)] : []
        let content = try Self.file("K: <K=x>\nE: \"\"\n" + text, .yaml, key, settings: settings).open(with: key)
        #expect(throws: SopsError.readable(name)) { try content.secret(name) }
        #expect(try content.secret("K")?.exposedText == "x" && content.secret("E")?.exposedText == "")
        #expect(try content.secret("NOTHING") == nil)
    }
}
