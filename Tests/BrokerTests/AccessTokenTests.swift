import Broker
import InjectTesting
import Secrets
import Testing

@Suite("AccessToken")
struct AccessTokenTests {
    @Test("a token is a prefix, 43 random digits and a checksum of 6, and is read back as itself")
    func form() throws {
        let token = try AccessToken.mint()
        let text = token.text.exposedText
        #expect(text.wholeMatch(of: /inj_[0-9A-Za-z]{49}/) != nil)
        #expect(text.utf8.count == AccessToken.count)
        #expect(try AccessToken(.of(text))?.digest == token.digest)
    }

    @Test("no two are the same")
    func distinct() throws {
        let tokens = try (0..<200).map { _ in try AccessToken.mint().text.exposedText }
        #expect(Set(tokens).count == 200)
    }

    @Test("a slip anywhere makes it no token, which is then looked up nowhere")
    func slips() throws {
        let text = Array(try AccessToken.mint().text.exposedText.utf8)
        for place in text.indices {
            var changed = text
            changed[place] = changed[place] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
            #expect(try AccessToken(.of(String(decoding: changed, as: UTF8.self))) == nil, "place \(place)")
        }
    }

    @Test("other text is no token", arguments: ["", "inj_", "inj_" + String(repeating: "A", count: 49), "ghp_x"])
    func other(text: String) throws {
        #expect(try AccessToken(.of(text)) == nil)
    }

    @Test("a token never shows itself in a description, only its digest does")
    func unprintable() throws {
        let token = try AccessToken.mint()
        var dumped = "\(token)"
        dump(token, to: &dumped)
        #expect(!dumped.contains(token.text.exposedText))
        #expect(token.digest.hexadecimal.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    }
}
