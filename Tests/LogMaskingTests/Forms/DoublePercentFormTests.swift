import LogMasking
import Testing

@Suite("Percent-encoding of percent-encoding")
struct DoublePercentFormTests {
    @Test(
        "it is masked in either case",
        arguments: [
            EncodedValue("p@ss/wörd", "p%2540ss%252Fw%25C3%25B6rd", "python3 quote(quote(v, safe=''), safe='')"),
            EncodedValue("p@ss/wörd", "p%2540ss%252fw%25c3%25b6rd", "lower case"),
            EncodedValue("p@ss/wörd", "p%2540ss%2Fw%25C3%25B6rd", "python3 quote(quote(v), safe='')"),
            EncodedValue("p@ss/wörd", "p%2540ss%2fw%25c3%25b6rd", "the same in lower case"),
            EncodedValue("p@ss wörd", "p%2540ss%2Bw%25C3%25B6rd", "python3 urlencode in urlencode"),
            EncodedValue("p@ss(word)!", "p%2540ss(word)!", "node encodeURIComponent twice"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "double-percent") }

    @Test(
        "what is encoded three times, or is another value, stays",
        arguments: ["p%252540ss%25252Fw%2525C3%2525B6rd", "p%2541ss%252Fw%25C3%25B6rd"])
    func nearMiss(text: String) throws { #expect(try Masking(["p@ss/wörd"], text).text == text) }
}
