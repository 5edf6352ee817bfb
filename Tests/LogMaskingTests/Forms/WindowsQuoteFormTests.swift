import LogMasking
import Testing

@Suite("Quoting on Windows")
struct WindowsQuoteFormTests {
    @Test(
        "PowerShell's backticks are masked",
        arguments: [
            EncodedValue("a$b\"c`d\tefg", "a`$b`\"c``d`tefg", "inside double quotes"),
            EncodedValue("a$b\"c`d-efg", "a`$b\"c``d-efg", "inside a here-string"),
        ]
    )
    func powerShell(example: EncodedValue) throws { try example.expectMasked(as: "powershell") }

    @Test(
        "cmd's carets are masked",
        arguments: [
            EncodedValue("pass&word|1%", "pass^&word^|1%", "a command line"),
            EncodedValue("pass&word|1%", "pass^&word^|1%%", "a batch file"),
        ]
    )
    func commandPrompt(example: EncodedValue) throws { try example.expectMasked(as: "cmd") }

    @Test("a backtick or a caret elsewhere stays", arguments: ["pa`ss$word", "pa^ss$word"])
    func nearMiss(text: String) throws { #expect(try Masking(["pass$word"], text).text == text) }
}
