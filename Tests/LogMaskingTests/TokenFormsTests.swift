import InjectTesting
import LogMasking
import Secrets
import Testing

@Suite("Tokens")
struct TokenFormsTests {
    private static let token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzdWJqZWN0In0.c2lnbmF0dXJl"

    private func masked(_ text: String, isToken: Bool) throws -> String {
        let value = MaskedValue(name: "A", value: try .of(Self.token), isToken: isToken)
        return try Masking(MaskPatterns([value]), [Array(text.utf8)[...]]).text
    }

    @Test("a token is masked as it is, in base64 and in hex", arguments: [true, false])
    func common(isToken: Bool) throws {
        let hex = Self.token.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        for text in [Self.token, hex] { #expect(try masked("<\(text)>", isToken: isToken) == "<***>") }
        let encoded = "ZXlKaGJHY2lPaUpTVXpJMU5pSjkuZXlKemRXSWlPaUp6ZFdKcVpXTjBJbjAuYzJsbmJtRjBkWEps"
        #expect(try masked("<\(encoded)>", isToken: isToken).hasPrefix("<***"))
    }

    @Test("what a secret is looked for besides, a token is not")
    func rare() throws {
        let reversed = String(Self.token.reversed())
        #expect(try masked(reversed, isToken: false) == "***")
        #expect(try masked(reversed, isToken: true) == reversed)
    }
}
