import LogMasking
import Testing

@Suite("Reshaped values")
struct ReshapedFormTests {
    @Test(
        "each is masked under its name",
        arguments: [
            ("hunter2", "h u n t e r 2", "spaced"),
            ("hunter2", "h\r\nu\r\nn\r\nt\r\ne\r\nr\r\n2", "spaced"),
            ("p@ss/w", "112, 64, 115, 115, 47, 119", "byte-list"),
            ("p@ss/w", "112 64 115 115 47 119", "byte-list"),
            ("p@ss/w", "112,64,115,115,47,119", "byte-list"),
            ("p@ss/w", "0x70, 0x40, 0x73, 0x73, 0x2f, 0x77", "byte-list"),
            ("pass=word", "pass=3Dword", "quoted-printable"),
            ("hunter2-hunter2", "NB2W45DFOIZC22DVNZ2GK4RS", "base32"),
            ("p@ss^{word}|", "p%40ss%5E%7Bword%7D%7C", "percent-encoding"),
            ("100%@home", "100%%40home", "url"),
        ]
    )
    func masked(value: String, encoded: String, form: String) throws {
        try EncodedValue(value, encoded, form).expectMasked(as: form)
    }

    @Test("spaced words, lists of other numbers and longer numbers stay")
    func nearMisses() throws {
        for text in ["h u n t e r 3", "h  u  n  t  e  r  2", "104, 117, 110, 116, 101, 114, 51", "hunter 2"] {
            #expect(try Masking(["hunter2"], text).text == text)
        }
    }
}
