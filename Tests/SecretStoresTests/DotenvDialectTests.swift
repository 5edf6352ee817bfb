import Diagnostics
import Foundation
import InjectTesting
import SecretStores
import Testing

@Suite("dotenv, as others read it")
struct DotenvDialectTests {
    /// Expectations from the parser of npm's dotenv, lib/main.js; a line of it is no oracle that Debian or PyPI carries.
    @Test(
        "as Node's dotenv",
        arguments: [
            ("K=a$b\n", "a$b"), ("K=a#b\n", "a"), ("K = a \n", "a"), ("K: a\n", "a"), ("K='a\\'b'\n", "a\\'b"),
            ("K=\"a\\tb\\nc\"\n", "a\\tb\nc"), ("K='a\\nb'\n", "a\\nb"), ("K=`a 'b' \"c\"`\n", "a 'b' \"c\""),
            ("K='a'b\n", "'a'b"), ("K=\"open\n", "\"open"), ("K=one\nK=two\n", "two"), ("garbage\nK=x\n", "x"),
            ("K= 'a' #c\n", "a"), ("K='a#b'\n", "a#b"), ("K.x-y=a\nK=b\n", "b"), ("K=\"${A}\"\n", "${A}"),
        ]
    )
    func node(text: String, value: String) async throws {
        #expect(try await Dotenv.value("K", of: text, .node).get() == value)
    }

    /// Expectations from compose-go's dotenv package; no program of Debian or PyPI reads a file with it.
    @Test(
        "as Docker Compose",
        arguments: [
            ("K=a#b\n", "a#b"), ("K=a #b\n", "a"), ("K: a\n", "a"), ("K = a\n", "a"), ("A=x\nK=$A-${A}\n", "x-x"),
            ("A=x\nK='$A'\n", "$A"), ("A=x\nK=\"${A}y\"\n", "xy"), ("K=${A:-d}\n", "d"), ("A=\nK=${A:-d}\n", "d"),
            ("A=\nK=${A-d}\n", ""), ("K=a$$b\n", "a$b"), ("K=\"a\\tb\"\n", "a\tb"), ("K=\"a\\\"b\"\n", "a\"b"),
            ("K='a\\'b'\n", "a'b"), ("K=one\nK=two\n", "two"), ("ALONE\nK=x\n", "x"),
        ]
    )
    func compose(text: String, value: String) async throws {
        #expect(try await Dotenv.value("K", of: text, .compose).get() == value)
    }

    @Test("as Compose, a mistake is an error", arguments: ["K x=a\n", "K=\"open\n", "K!=a\n"])
    func composeErrors(text: String) async throws {
        let answer = try await Dotenv.value("K", of: text, .compose)
        #expect(throws: Diagnostic.self) { try answer.get() }
    }

    /// The real library, over texts made of everything that libraries disagree on.
    @Test("as python-dotenv itself")
    func python() async throws {
        let program =
            ProcessInfo.processInfo.environment["INJECT_PYTHON"]
            ?? PackageFolder.root.appendingPathComponent(".venv/bin/python").path
        try #require(FileManager.default.isExecutableFile(atPath: program), "no \(program): run `make test`")
        let texts = Self.texts()
        let script = """
            import sys, json, io, dotenv
            for text in json.load(sys.stdin):
                values = dotenv.dotenv_values(stream=io.StringIO(text), interpolate=True)
                print(json.dumps(values.get("K")))
            """
        let runner = CommandRunner(executable: URL(fileURLWithPath: program), in: PackageFolder.root)
        let input = try JSONSerialization.data(withJSONObject: texts)
        let result = try runner.run(["-c", script], input: [UInt8](input))
        try #require(result.status == 0, "\(result.error)")
        let rows = result.output.split(separator: "\n").map(String.init)
        #expect(rows.count == texts.count)
        var read = 0
        for (text, row) in zip(texts, rows) {
            let expected = try JSONSerialization.jsonObject(with: Data(row.utf8), options: .fragmentsAllowed) as? String
            let answer = try? await Dotenv.value("K", of: text, .python).get()
            #expect(answer == expected, "\(text.debugDescription)")
            read += expected == nil ? 0 : 1
        }
        #expect(read > texts.count / 3)
    }

    private static func texts() -> [String] {
        var random = SeededRandom(seed: 2026)
        let pieces = [
            "a", "b c", " ", "#", " #", "'", "\"", "\\", "\\n", "\\t", "\\'", "$A", "${A}", "${A:-d}", "=", "`", "é",
            "\t",
        ]
        return (0..<600).map { _ in
            let body = (0..<random.below(6)).map { _ in pieces[random.below(pieces.count)] }.joined()
            let quote = ["", "'", "\""][random.below(3)]
            let start = ["K=", "K =", "export K=", "K= ", " K="][random.below(5)]
            return "A=first\n\(start)\(quote)\(body)\(quote)\nB=last\n"
        }
    }
}
