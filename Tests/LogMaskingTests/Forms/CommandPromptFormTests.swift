import LogMasking
import Testing

@Suite("cmd's carets")
struct CommandPromptFormTests {
    @Test(
        "what cmd needs escaped is masked",
        arguments: [
            EncodedValue("pass&word|1%", "pass^&word^|1%", "a command line"),
            EncodedValue("pass&word|1%", "pass^&word^|1%%", "a batch file"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "cmd") }

    @Test("a caret elsewhere stays", arguments: ["pa^ss&word", "pass^^&word"])
    func nearMiss(text: String) throws { #expect(try Masking(["pass&word"], text).text == text) }
}
