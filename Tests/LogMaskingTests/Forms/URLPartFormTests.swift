import LogMasking
import Testing

@Suite("Values in URLs")
struct URLPartFormTests {
    @Test(
        "each part's choice of characters is masked",
        arguments: [
            EncodedValue("100%@home", "100%%40home", "WHATWG URL, user info"),
            EncodedValue("a b/c?d#e", "a%20b/c?d%23e", "WHATWG URL, query"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "url") }

    @Test("another code stays", arguments: ["100%%41home", "100%% 40home"])
    func nearMiss(text: String) throws { #expect(try Masking(["100%@home"], text).text == text) }
}
