import Foundation
import InjectTesting
import LogMasking
import Testing

@Suite("Form encoding")
struct FormEncodingFormTests {
    @Test(
        "a space is a plus, and each library keeps its own characters",
        arguments: [
            EncodedValue(awkward, "p%40ss+w%2Frd%2B%27x%22%26%3C%C3%A9%3E", "python3 urllib.parse.quote_plus(v)"),
            EncodedValue(awkward, "p%40ss+w%2frd%2b%27x%22%26%3c%c3%a9%3e", "lower case"),
            EncodedValue("a b*c~d!", "a+b*c%7Ed%21", "node URLSearchParams"),
            EncodedValue("a b*c~d!", "a+b%2Ac~d%21", "python3 urllib.parse.quote_plus(v)"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "form-encoding") }

    @Test("Foundation's encoding of any text is masked", arguments: 0..<100)
    func anyText(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let value = "ä" + String((0..<7 + random.below(20)).map { _ in randomCharacter(&random) }) + "!"
        let encoded = try #require(value.addingPercentEncoding(withAllowedCharacters: .unreservedASCII))
        #expect(try Masking([value], "?\(encoded.replacing("%20", with: "+"))&").text == "?***&", "seed \(seed)")
    }

    @Test("a plus for another character stays")
    func nearMiss() throws { #expect(try Masking(["a-b*c~d!"], "a+b*c%7Ed%21").text == "a+b*c%7Ed%21") }
}
