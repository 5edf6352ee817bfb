import InjectTesting
import LogMasking
import Testing

@Suite("Hexadecimal dumps")
struct HexDumpFormTests {
    @Test(
        "grouped digits are masked",
        arguments: [
            EncodedValue("p@ss/word", "70 40 73 73 2f 77 6f 72 64", "od -An -tx1"),
            EncodedValue("p@ss/word", "70:40:73:73:2F:77:6F:72:64", "openssl"),
            EncodedValue("p@ss/word", "7040 7373 2f77 6f72 64", "xxd"),
            EncodedValue("p@ss/word", "70 4073 732f 776f 7264", "xxd, with one byte before"),
        ]
    )
    func grouped(example: EncodedValue) throws { try example.expectMasked(as: "hex-dump") }

    @Test("another value's dump stays")
    func nearMiss() throws {
        let text = "7040 7373 2f77 6f72 65"
        #expect(try Masking(["p@ss/word"], text).text == text)
    }
}
