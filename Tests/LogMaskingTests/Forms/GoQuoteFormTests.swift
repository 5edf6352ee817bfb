import LogMasking
import Testing

@Suite("Go's quoting")
struct GoQuoteFormTests {
    private static let value = "it's \"é€😀\" \t\u{1B}x"

    @Test(
        "it is masked with and without codes for characters outside ASCII",
        arguments: [
            EncodedValue(value, #"it's \"é€😀\" \t\x1bx"#, "Go: %q"),
            EncodedValue(value, #"it's \"\u00e9\u20ac\U0001f600\" \t\x1bx"#, "Go: %+q"),
            EncodedValue("é-bell\u{7}-\u{B}\u{C}x", #"\u00e9-bell\a-\v\fx"#, "Go: %+q"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "go-quote") }

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
