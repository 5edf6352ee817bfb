import LogMasking
import Testing

@Suite("Values of several lines")
struct LineFormTests {
    static let lines = ["first-line-1", "second-line-2", "third-line-3"]

    @Test("each line is masked by itself, whatever the line ends", arguments: ["\n", "\r\n", "\r", "\n\n", " \n\t"])
    func eachLine(ending: String) throws {
        let value = Self.lines.joined(separator: ending)
        for line in Self.lines {
            try EncodedValue(value, line, "one line").expectMasked(as: "line")
        }
    }

    @Test("the whole is masked with any line ends", arguments: ["\n", "\r\n", "\r"], ["\n", "\r\n", "\r"])
    func otherEnds(stored: String, shown: String) throws {
        let parts = ["ab", "cd", "ef"]
        let form = stored == shown ? "literal" : "line-ending"
        let value = parts.joined(separator: stored)
        try EncodedValue(value, parts.joined(separator: shown), "a terminal").expectMasked(as: form)
    }

    @Test(
        "lines that are short, common or one character repeated stay",
        arguments: ["{", "}", "\"a\": 1", "1234567", "Production", "========", "disabled"]
    )
    func ordinaryLines(line: String) throws {
        let text = "x \(line) y"
        #expect(try Masking(["first-line-1\n\(line)\nthird-line-3"], text).text == text)
    }

    @Test("a line of eight bytes is masked and one of seven is not")
    func minimum() throws {
        #expect(try Masking(["12345678\nabcdefg"], "12345678 abcdefg").text == "*** abcdefg")
    }

    @Test("a key printed with line numbers shows nothing of itself")
    func numbered() throws {
        let masking = try Masking(
            ["-----BEGIN KEY-----\nMIIEvQIBADAN\nBgkqhkiG\n-----END KEY-----\n"], "1 MIIEvQIBADAN\n2 BgkqhkiG\n")
        #expect(masking.text == "1 ***\n2 ***\n")
        #expect(masking.report.entries == [.init(name: "A", count: 2, form: "line", firstLine: 1)])
    }
}
