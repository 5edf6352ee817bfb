import LogMasking
import Testing

@Suite("Lists of bytes")
struct ByteListFormTests {
    @Test(
        "numbers with a separator are masked",
        arguments: [
            EncodedValue("p@ss/w", "112, 64, 115, 115, 47, 119", "python3 list(v)"),
            EncodedValue("p@ss/w", "112 64 115 115 47 119", "Go: %v"),
            EncodedValue("p@ss/w", "112,64,115,115,47,119", "node [...Buffer.from(v)].join()"),
            EncodedValue("p@ss/w", "0x70, 0x40, 0x73, 0x73, 0x2f, 0x77", "xxd -i"),
            EncodedValue("\u{1}\u{1F}pass", "0x01, 0x1f, 0x70, 0x61, 0x73, 0x73", "xxd -i"),
            EncodedValue("\u{1}\u{1F}pass", "0x1, 0x1f, 0x70, 0x61, 0x73, 0x73", "Go: %#v"),
            EncodedValue("\u{1}\u{1F}pass", "1, 31, 112, 97, 115, 115", "python3 list(v)"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "byte-list") }

    @Test(
        "other numbers stay",
        arguments: ["112, 64, 115, 115, 47, 118", "112; 64; 115; 115; 47; 119", "0x70 0x40 0x73 0x73 0x2f 0x77"])
    func nearMiss(text: String) throws { #expect(try Masking(["p@ss/w"], text).text == text) }
}
