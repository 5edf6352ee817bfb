import Diagnostics
import InjectTesting
import SecretStores
import Testing

@Suite("dotenv, strict")
struct StrictDotenvTests {
    @Test(
        "what all three libraries read alike is read by every dialect, with one result",
        arguments: [
            ("K=value\n", "value"), ("K=value", "value"), ("K=\n", ""), ("K=''\n", ""), ("K=\"\"\n", ""),
            ("export K=value\n", "value"), ("  K=value\n", "value"), ("# comment\n\nK=value\n", "value"),
            ("K=value # comment\n", "value"), ("K=value   \n", "value"), ("K=two words\n", "two words"),
            ("K='single'\n", "single"), ("K=\"double\"\n", "double"), ("K='a # b'\n", "a # b"),
            ("K='x' # comment\n", "x"), ("K=\"x\" # comment\n", "x"), ("K='$NAME and $1'\n", "$NAME and $1"),
            ("K='C:\\new\\table'\n", "C:\\new\\table"), ("K=\"a\\nb\"\n", "a\nb"), ("K=\"a\\rb\"\n", "a\rb"),
            ("K='line one\nline two\n'\n", "line one\nline two\n"),
            ("K=\"line one\nline two\"\n", "line one\nline two"),
            ("K=a=b=c\n", "a=b=c"), ("K=postgres://u:p@h:5432/d?x=1&y=2\n", "postgres://u:p@h:5432/d?x=1&y=2"),
            ("A=1\r\nK=value\r\nB=2\r\n", "value"), ("K='it''s'\n".replacing("''", with: ""), "its"),
            ("K=\"it's\"\n", "it's"), ("K='say \"x\"'\n", "say \"x\""), ("K=ünï漢\n", "ünï漢"),
        ]
    )
    func core(text: String, value: String) async throws {
        for dialect in DotenvDialect.allCases {
            let answer = try await Dotenv.value("K", of: text, dialect)
            #expect(try answer.get() == value, "\(dialect)")
        }
    }

    @Test(
        "what they read differently is an error that names file, line and key, and never the value",
        arguments: [
            ("A=1\nK=hunter2$x\n", 2), ("K=hunter2#x\n", 1), ("K=#hunter2\n", 1), ("K= hunter2\n", 1),
            ("K =hunter2\n", 1),
            ("K: hunter2\n", 1), ("K\n", 1), ("hunter2\n", 1), ("K=hunter2\"x\n", 1), ("K=hun'ter2\n", 1),
            ("K=hunter2`\n", 1),
            ("K=hunter2\\n\n", 1), ("K=\"hunter2$x\"\n", 1), ("K=\"hunter2\\t\"\n", 1), ("K=\"hunter2\\\"\"\n", 1),
            ("K='hunter2\\'x'\n", 1), ("K='hunter2\\\\x'\n", 1), ("K='hunter2${x}'\n", 1), ("K='hunter2'x\n", 1),
            ("K='hunter2'#x\n", 1), ("K=\"hunter2\n", 1), ("K='hunter2\n", 1), ("1K=hunter2\n", 1),
            ("K.X=hunter2\n", 1),
            ("\u{FEFF}K=hunter2\n", 1), ("K=hunter2\nK=other\n", 2), ("K=hunter2\u{1}\n", 1), ("K='hunter2\rx'\n", 1),
            ("export\tK=hunter2\n", 1), ("K=`hunter2`\n", 1), ("K=hunter2\t# c\n", 1), ("K=hunter2\u{A0}\n", 1),
            ("K=hunter2\u{2028}\n", 1), ("K=\u{FEFF}hunter2\n", 1), ("K=hunter2\u{85}x\n", 1),
            ("A=1\nK=\"hunter2\r\nx\"\n", 2), ("K='hunter2\r\nx'\n", 1), ("A=1 # \u{2028}K=hunter2\n", 1),
            ("A=1\n# c\rK=hunter2\n", 2), ("A='1' # \u{2029}K=hunter2\n", 1), ("K=hunter2\r", 1),
        ]
    )
    func refused(text: String, line: Int) async throws {
        guard case .failure(let diagnostic) = try await Dotenv.value("K", of: text, .strict) else {
            Issue.record("\(text) was read")
            return
        }
        #expect(diagnostic.id.description.hasPrefix("dotenv-"))
        #expect(diagnostic.text.contains("--> f.env:\(line)\n"), "\(diagnostic.text)")
        #expect(!diagnostic.text.contains("hunter2"), "\(diagnostic.text)")
        #expect(diagnostic.text.contains("= help: "))
    }

    @Test(
        "a file that is not text is refused in every dialect, without a line of it",
        arguments: DotenvDialect.allCases,
        ["K='a\u{0}b'\n".utf8.map { $0 }, Array("K='".utf8) + [0xE4] + Array("'\n".utf8), [0xFF, 0xFE, 0x4B, 0x00]]
    )
    func notText(dialect: DotenvDialect, text: [UInt8]) async throws {
        guard case .failure(let diagnostic) = try await Dotenv.value("K", of: text, dialect) else {
            Issue.record("it was read")
            return
        }
        #expect(diagnostic.text.contains("the file is not UTF-8 text, or holds a NUL byte\n  --> f.env\n"))
    }

    @Test("a byte-order mark is named, because no editor shows it")
    func byteOrderMark() async throws {
        guard case .failure(let diagnostic) = try await Dotenv.value("K", of: "\u{FEFF}K=x\n", .strict) else {
            Issue.record("it was read")
            return
        }
        #expect(diagnostic.message == "the file starts with a byte-order mark")
    }

    @Test("whatever the strict dialect reads, the others read the same")
    func agreement() throws {
        var random = SeededRandom(seed: 11)
        var read = 0
        for _ in 0..<4_000 {
            let text = Dotenv.text(&random)
            guard let strict = try Dotenv.values(of: text, .strict) else { continue }
            read += 1
            for dialect in [DotenvDialect.node, .python, .compose] {
                #expect(try Dotenv.values(of: text, dialect) == strict, "\(dialect): \(text.debugDescription)")
            }
        }
        #expect(read > 100)
    }

    @Test("no damage to a file makes a parser trap", arguments: DotenvDialect.allCases)
    func damage(dialect: DotenvDialect) async throws {
        let base = Array("export A=1\nK=\"a\\nb${A:-x}$A$$\"\n'Q'='x\\'y' # c\nB: z\n`\n".utf8)
        var random = SeededRandom(seed: 7)
        for _ in 0..<500 {
            var text = base
            for _ in 0...random.below(3) { text[random.below(text.count)] = UInt8(random.below(128)) }
            _ = try await Dotenv.value("K", of: String(decoding: text, as: UTF8.self), dialect)
        }
    }
}
