import LogMasking
import Testing

@Suite("Other line ends")
struct LineEndingFormTests {
    @Test(
        "a value whose lines are too short is masked with any line ends",
        arguments: [
            EncodedValue("ab\ncd\nef", "ab\r\ncd\r\nef", "a terminal"),
            EncodedValue("ab\r\ncd", "ab\ncd", "dos2unix"),
            EncodedValue("ab\ncd", "ab\rcd", "tr"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "line-ending") }

    @Test("two line ends for one stay", arguments: ["ab\n\ncd\nef", "ab cd ef"])
    func nearMiss(text: String) throws { #expect(try Masking(["ab\ncd\nef"], text).text == text) }
}
