import InjectTesting
import LogMasking
import Testing

@Suite("Doubled quotes")
struct DoubledQuotesFormTests {
    @Test(
        "quotes written twice are masked",
        arguments: [
            EncodedValue("it's a secret", "it''s a secret", "SQL, PowerShell"),
            EncodedValue("say \"secret\" now", "say \"\"secret\"\" now", "CSV"),
        ]
    )
    func doubled(example: EncodedValue) throws { try example.expectMasked(as: "doubled-quotes") }

    @Test("other doubled characters stay")
    func nearMiss() throws {
        #expect(try Masking(["it-is a secret"], "it--is a secret").text == "it--is a secret")
    }
}
