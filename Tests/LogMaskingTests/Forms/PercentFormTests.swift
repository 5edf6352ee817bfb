import Foundation
import InjectTesting
import LogMasking
import Testing

@Suite("Percent-encoding")
struct PercentFormTests {
    private static let percent = [
        EncodedValue(awkward, "p%40ss%20w%2Frd%2B%27x%22%26%3C%C3%A9%3E", "python3 urllib.parse.quote(v, safe='')"),
        EncodedValue(awkward, "p%40ss%20w/rd%2B%27x%22%26%3C%C3%A9%3E", "python3 urllib.parse.quote(v)"),
        EncodedValue(awkward, "p%40ss%20w%2Frd%2B'x%22%26%3C%C3%A9%3E", "node encodeURIComponent(v)"),
        EncodedValue(awkward, "p@ss%20w/rd+'x%22&%3C%C3%A9%3E", "node encodeURI(v)"),
        EncodedValue(awkward, "p%40ss%20w%2frd%2b%27x%22%26%3c%c3%a9%3e", "lower case"),
        EncodedValue("four", "%66%6f%75%72", "xxd -p | sed 's/../%&/g'"),
        EncodedValue("four", "%66%6F%75%72", "xxd -p -u | sed 's/../%&/g'"),
    ]

    @Test("each library's choice of characters is masked", arguments: percent)
    func percentEncoded(example: EncodedValue) throws { try example.expectMasked(as: "percent-encoding") }

    @Test("Foundation's encoding of any text is masked", arguments: 0..<200)
    func leak(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let value = "ä" + String((0..<7 + random.below(20)).map { _ in randomCharacter(&random) }) + "!"
        let encoded = try #require(value.addingPercentEncoding(withAllowedCharacters: .unreservedASCII))
        #expect(try Masking([value], "?\(encoded)&").text == "?***&", "seed \(seed): \(encoded)")
    }
}

/// A character that encodings care about.
func randomCharacter(_ random: inout SeededRandom) -> Character {
    let characters = Array("aZ09 -._~!*'();/?:@&=+$,#<>\"\\`^|{}[]%é€😀\t\n\r\u{1}\u{7F}")
    return characters[random.below(characters.count)]
}

extension CharacterSet {
    /// RFC 3986, section 2.3.
    static let unreservedASCII = CharacterSet(charactersIn: "-._~").union(.init(charactersIn: "a"..."z"))
        .union(.init(charactersIn: "A"..."Z")).union(.init(charactersIn: "0"..."9"))
}
