import LogMasking
import Testing

@Suite("PowerShell's backticks")
struct PowerShellFormTests {
    @Test(
        "what double quotes need escaped is masked",
        arguments: [
            EncodedValue("a$b\"c`d\tefg", "a`$b`\"c``d`tefg", "inside double quotes"),
            EncodedValue("a$b\"c`d-efg", "a`$b\"c``d-efg", "inside a here-string"),
            EncodedValue("nul\u{0}esc\u{1B}end", "nul`0esc`eend", "inside double quotes"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "powershell") }

    @Test("a backtick elsewhere stays", arguments: ["pa`ss$word", "pass``$word"])
    func nearMiss(text: String) throws { #expect(try Masking(["pass$word"], text).text == text) }
}
