import LogMasking
import Testing

@Suite("Strings as source code")
struct SourceQuoteFormTests {
    static let wide = "it's \"é€😀\" \t\u{1B}"

    @Test(
        "Go's quoting is masked",
        arguments: [
            EncodedValue(wide + "x", #"it's \"é€😀\" \t\x1bx"#, "Go: %q"),
            EncodedValue(wide + "x", #"it's \"\u00e9\u20ac\U0001f600\" \t\x1bx"#, "Go: %+q"),
        ]
    )
    func goQuote(example: EncodedValue) throws { try example.expectMasked(as: "go-quote") }

    @Test(
        "Python's representations are masked",
        arguments: [
            EncodedValue(wide + "x", #"it\'s "é€😀" \t\x1bx"#, "python3 repr(v)"),
            EncodedValue(wide + "x", #"it\'s "\xe9\u20ac\U0001f600" \t\x1bx"#, "python3 ascii(v)"),
            EncodedValue(wide + "x", #"it\'s "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80" \t\x1bx"#, "python3 v.encode()"),
        ]
    )
    func pythonRepr(example: EncodedValue) throws { try example.expectMasked(as: "python-repr") }

    @Test("bytes that are not UTF-8 have codes")
    func invalid() throws {
        let value = Array("quote-".utf8) + [0xFF, 0xC3] + Array("-end".utf8)
        #expect(try Masking(patterns(of: value), [Array(#"quote-\xff\xc3-end"#.utf8)[...]]).text == "***")
    }

    @Test("another code stays")
    func nearMiss() throws {
        #expect(try Masking(["escape-\u{1B}-me"], #"escape-\x1c-me"#).text == #"escape-\x1c-me"#)
    }
}
