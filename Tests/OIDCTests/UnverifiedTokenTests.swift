import Diagnostics
import InjectTesting
import OIDC
import Testing

@Suite("UnverifiedToken")
struct UnverifiedTokenTests {
    @Test("three segments are a token, whatever is in them", arguments: ["a.b.c", "e30.e30.e30", "é.\u{1}.="])
    func shape(text: String) throws {
        #expect(try UnverifiedToken(.of(text)).bytes.exposedText == text)
    }

    @Test(
        "any other number of segments is none",
        arguments: ["", ".", "..", "a..", ".b.", "..c", "a.b.", "a..c", ".b.c", "a.b", "a.b.c.d", "a.b.c.d.e", "a"]
    )
    func malformed(text: String) async {
        await expectDiagnostic("token-malformed") { try UnverifiedToken(.of(text)) }
    }

    @Test("the limit is 16 KiB exactly")
    func limit() async throws {
        _ = try UnverifiedToken(.of("a.b." + String(repeating: "c", count: 16_380)))
        await expectDiagnostic("token-too-long") {
            try UnverifiedToken(.of("a.b." + String(repeating: "c", count: 16_381)))
        }
        await expectDiagnostic("token-too-long") { try UnverifiedToken(.of(String(repeating: ".", count: 1_000_000))) }
    }

    @Test("the claimed issuer is read only from a payload that is strict JSON")
    func claimedIssuer() throws {
        #expect(try UnverifiedToken(.of("a.eyJpc3MiOiJ4In0.c")).claimedIssuer == Array("x".utf8))
        #expect(try UnverifiedToken(.of("a.eyJpc3MiOjF9.c")).claimedIssuer == nil)
        #expect(try UnverifiedToken(.of("a.eyJpc3MiOiJ4In0=.c")).claimedIssuer == nil)
        #expect(try UnverifiedToken(.of("a.e30.c")).claimedIssuer == nil)
    }
}
