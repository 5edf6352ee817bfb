import LogMasking
import Testing

@Suite("Python's representations")
struct PythonReprFormTests {
    private static let value = "it's \"é€😀\" \t\u{1B}x"

    @Test(
        "strings, ASCII strings and bytes are masked",
        arguments: [
            EncodedValue(value, #"it\'s "é€😀" \t\x1bx"#, "python3 repr(v)"),
            EncodedValue(value, #"it\'s "\xe9\u20ac\U0001f600" \t\x1bx"#, "python3 ascii(v)"),
            EncodedValue(value, #"it\'s "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80" \t\x1bx"#, "python3 v.encode()"),
            EncodedValue("it's é back", #"it's \xe9 back"#, "python3 ascii(v), in double quotes"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "python-repr") }

    @Test("another code stays")
    func nearMiss() throws {
        #expect(try Masking(["escape-é-me"], #"escape-\xea-me"#).text == #"escape-\xea-me"#)
    }
}
