import Foundation
import InjectTesting
import LogMasking
import Testing

@Suite("Percent-encoding")
struct PercentFormTests {
    static let percent = [
        EncodedValue(awkward, "p%40ss%20w%2Frd%2B%27x%22%26%3C%C3%A9%3E", "python3 urllib.parse.quote(v, safe='')"),
        EncodedValue(awkward, "p%40ss%20w/rd%2B%27x%22%26%3C%C3%A9%3E", "python3 urllib.parse.quote(v)"),
        EncodedValue(awkward, "p%40ss%20w%2Frd%2B'x%22%26%3C%C3%A9%3E", "node encodeURIComponent(v)"),
        EncodedValue(awkward, "p@ss%20w/rd+'x%22&%3C%C3%A9%3E", "node encodeURI(v)"),
        EncodedValue(awkward, "p%40ss%20w%2frd%2b%27x%22%26%3c%c3%a9%3e", "lower case"),
        EncodedValue("four", "%66%6f%75%72", "xxd -p | sed 's/../%&/g'"),
        EncodedValue("four", "%66%6F%75%72", "xxd -p -u | sed 's/../%&/g'"),
    ]

    static let form = [
        EncodedValue(awkward, "p%40ss+w%2Frd%2B%27x%22%26%3C%C3%A9%3E", "python3 urllib.parse.quote_plus(v)"),
        EncodedValue(awkward, "p%40ss+w%2frd%2b%27x%22%26%3c%c3%a9%3e", "lower case"),
        // node: new URLSearchParams({a: v}).toString(), where it differs from Python: `*` kept, `~` not
        EncodedValue("a b*c~d!", "a+b*c%7Ed%21", "node URLSearchParams"),
        EncodedValue("a b*c~d!", "a+b%2Ac~d%21", "python3 urllib.parse.quote_plus(v)"),
    ]

    @Test("each library's choice of characters is masked", arguments: percent)
    func percentEncoded(example: EncodedValue) throws { try example.expectMasked(as: "percent-encoding") }

    @Test("a space can be a plus", arguments: form)
    func formEncoded(example: EncodedValue) throws { try example.expectMasked(as: "form-encoding") }

    @Test("Foundation's encoding of any text is masked", arguments: 0..<200)
    func leak(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let value = "ä" + String((0..<7 + random.below(20)).map { _ in randomCharacter(&random) }) + "!"
        let kept = CharacterSet(charactersIn: "-._~").union(.init(charactersIn: "a"..."z"))
            .union(.init(charactersIn: "A"..."Z")).union(.init(charactersIn: "0"..."9"))
        let encoded = try #require(value.addingPercentEncoding(withAllowedCharacters: kept))
        for shown in [encoded, encoded.replacing("%20", with: "+")] {
            #expect(try Masking([value], "?\(shown)&").text == "?***&", "seed \(seed): \(shown)")
        }
    }
}

/// A character that encodings care about.
func randomCharacter(_ random: inout SeededRandom) -> Character {
    let characters = Array("aZ09 -._~!*'();/?:@&=+$,#<>\"\\`^|{}[]%é€😀\t\n\r\u{1}\u{7F}")
    return characters[random.below(characters.count)]
}
