import LogMasking
import Testing

@Suite("Quoted-printable")
struct QuotedPrintableFormTests {
    @Test(
        "equals signs and what is not ASCII are masked",
        arguments: [
            EncodedValue("pass=word", "pass=3Dword", "python3 quopri"),
            EncodedValue("p=ss wörd", "p=3Dss w=C3=B6rd", "python3 quopri"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "quoted-printable") }

    @Test("small digits and another code stay", arguments: ["pass=3dword", "pass=3Eword"])
    func nearMiss(text: String) throws { #expect(try Masking(["pass=word"], text).text == text) }
}
