import Diagnostics
import Foundation
import InjectTesting
import SecretStores
import Testing

@Suite("dotenv, as others read it")
struct DotenvDialectTests {
    /// From the library's documentation and parser, lib/main.js; DotenvCorpusTests compares with the library itself.
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

    /// From compose-go's dotenv package; DotenvCorpusTests compares with the program itself.
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

    @Test(
        "as Compose, a mistake is an error",
        arguments: [
            "K x=a\n", "K=\"open\n", "K!=a\n", "K=${\n", "K=${}\n", "K=${A\n", "K=${A:}x}\n", "K=${A:\n", "K=${A{}}\n",
            "K=${A:-\n", "K=${A=x}\n", "K=${A?}\n", "K=${1}\n", "K=\"${A:-\n}\"\n", "K=\"\\\"\n", "export ",
        ]
    )
    func composeErrors(text: String) async throws {
        let answer = try await Dotenv.value("K", of: text, .compose)
        #expect(throws: Diagnostic.self) { try answer.get() }
    }

    @Test("as python-dotenv, a key without a value takes away the one before", arguments: ["K=a\nK\n", "K\n"])
    func pythonWithoutValue(text: String) async throws {
        guard case .failure(let diagnostic) = try await Dotenv.value("K", of: text, .python) else {
            Issue.record("\(text) was read")
            return
        }
        #expect(diagnostic.text.contains("`f.env` has the key `K` without a value"))
    }

    @Test("as Compose, references nest, but not without end")
    func composeNesting() throws {
        let nested = { (depth: Int) in
            "K=" + String(repeating: "${N:-", count: depth) + "x" + String(repeating: "}", count: depth) + "\n"
        }
        #expect(try Dotenv.values(of: nested(31), .compose) == Dotenv.bytes(of: ["K": "x"]))
        #expect(try Dotenv.values(of: nested(32), .compose) == nil)
        #expect(try Dotenv.values(of: nested(100_000), .compose) == nil)
    }

    @Test("as Compose, an escape for NUL is refused, because no variable can hold it")
    func composeNUL() throws {
        #expect(try Dotenv.values(of: "K=\"a\\0000b\"\n", .compose) == nil)
    }

    @Test("as Node's dotenv, U+2028 ends a line, so that half a comment is an assignment")
    func lineSeparator() throws {
        #expect(try Dotenv.values(of: "# c\u{2028}K=x\n", .node) == Dotenv.bytes(of: ["K": "x"]))
        #expect(try Dotenv.values(of: "K=a\u{2028}b\n", .node) == nil)
    }

    /// The real library, over files made of everything that libraries disagree on.
    @Test("as python-dotenv itself, which also reads alike what the strict dialect reads")
    func python() throws {
        var random = SeededRandom(seed: 2026)
        let texts = (0..<1500).map { _ in Dotenv.text(&random) }
        let answers = try Self.pythonAnswers(texts)
        #expect(answers.count == texts.count)
        var strictlyRead = 0
        for (text, answer) in zip(texts, answers) {
            #expect(try Dotenv.values(of: text, .python) == answer, "\(text.debugDescription)")
            guard let strict = try Dotenv.values(of: text, .strict) else { continue }
            strictlyRead += 1
            #expect(strict == answer, "\(text.debugDescription)")
        }
        #expect(strictlyRead > 50)
    }

    /// What `dotenv_values` makes of files with these texts, in an empty environment.
    private static func pythonAnswers(_ texts: [String]) throws -> [[[UInt8]: [UInt8]]] {
        let program =
            ProcessInfo.processInfo.environment["INJECT_PYTHON"]
            ?? PackageFolder.root.appendingPathComponent(".venv/bin/python").path
        try #require(FileManager.default.isExecutableFile(atPath: program), "no \(program): run `make test`")
        let script = """
            import dotenv, json, logging, os, sys, tempfile
            logging.disable(logging.CRITICAL)
            texts = json.load(sys.stdin)
            os.environ.clear()
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "f.env")
                for text in texts:
                    with open(path, "wb") as file:
                        file.write(text.encode())
                    values = dotenv.dotenv_values(path)
                    print(json.dumps({key: value for key, value in values.items() if value is not None}))
            """
        let runner = CommandRunner(executable: URL(fileURLWithPath: program), in: PackageFolder.root)
        let input = try JSONSerialization.data(withJSONObject: texts)
        let result = try runner.run(["-c", script], input: [UInt8](input))
        try #require(result.status == 0, "\(result.error)")
        return try result.output.split(separator: "\n").map { row in
            let values = try JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: String]
            return Dotenv.bytes(of: try #require(values))
        }
    }
}
