import LogMasking
import Testing

@Suite("Spaced values")
struct SpacedFormTests {
    @Test(
        "characters with white space between them are masked",
        arguments: [
            EncodedValue("hunter2", "h u n t e r 2", "sed 's/./& /g'"),
            EncodedValue("h\u{E4}nter\u{1F600}", "h \u{E4} n t e r \u{1F600}", "LC_ALL=C.UTF-8 sed 's/./& /g'"),
            EncodedValue("hunter2", "h\nu\nn\nt\ne\nr\n2", "fold -w 1"),
            EncodedValue("hunter2", "h\r\nu\r\nn\r\nt\r\ne\r\nr\r\n2", "fold -w 1 on a terminal"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "spaced") }

    @Test("other spaces and another value stay", arguments: ["h u n t e r 3", "h  u  n  t  e  r  2", "hunter 2"])
    func nearMiss(text: String) throws { #expect(try Masking(["hunter2"], text).text == text) }
}
