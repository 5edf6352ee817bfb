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

    /// Lines of a key as cloud providers hand it out.
    static let document = #"""
        {
          "type": "service",
          "key": "MIIE/vQI+ADAN\n",
          "owner": "O'Hara & $1"
        }
        """#

    @Test(
        "each line is masked where it was escaped, whatever stands between the lines",
        arguments: [
            (#"\"type\": \"service\","#, "jq -cR '{log: .}'"),
            (#"\"key\": \"MIIE/vQI+ADAN\\n\","#, "jq -cR '{log: .}'"),
            (#"\"key\": \"MIIE\/vQI+ADAN\\n\","#, "PHP json_encode"),
            (#"\\\"key\\\": \\\"MIIE/vQI+ADAN\\\\n\\\","#, "docker logs of JSON logs"),
            (#"\"owner\": \"O'Hara \u0026 $1\""#, "terraform apply -json"),
            ("&quot;key&quot;: &quot;MIIE/vQI+ADAN\\n&quot;,", "jq -r @html"),
            ("&#34;key&#34;: &#34;MIIE/vQI&#43;ADAN\\n&#34;,", "Go html/template"),
            ("&quot;owner&quot;: &quot;O&#39;Hara &amp; $1&quot;", "jq -r @html"),
            (#"\"owner\": \"O'Hara & \$1\""#, "bash: declare -p"),
            (#""owner": "O'\''Hara & $1""#, "bash: set -x"),
            ("\"\"type\"\": \"\"service\"\",", "CSV"),
            (#""key": "MIIE/vQI+ADAN\\n","#, "node console.log"),
        ]
    )
    func escapedLine(line: String, tool: String) throws {
        try EncodedValue(Self.document, line, tool).expectMasked(as: "line")
        let masked = try Masking([Self.document], "    \(line)\r\n    \(line)\r\n").text
        #expect(masked == "    ***\r\n    ***\r\n", "\(tool)")
    }

    @Test("an escape that no writer makes stays", arguments: [#"\"tipe\": \"service\","#, "&quot;type&apos;: service"])
    func otherLine(line: String) throws { #expect(try Masking([Self.document], line).text == line) }

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
