import LogMasking
import Testing

@Suite("Hexadecimal")
struct HexadecimalFormTests {
    // python3 -c 'print("p@ss w/rd+\x27x\"&<é>".encode().hex())'
    static let digits = "7040737320772f72642b277822263cc3a93e"

    @Test("lower and upper case are masked, with any text around", arguments: [digits, digits.uppercased()])
    func cases(encoded: String) throws {
        try EncodedValue(awkward, encoded, "xxd -p").expectMasked(as: "hex")
        #expect(try Masking([awkward], "00\(encoded)0A").text == "00***0A")
    }

    @Test("other digits stay", arguments: ["7040737320772f72642b277822263cc3a93f", "70407373"])
    func others(text: String) throws {
        #expect(try Masking([awkward], text).text == text)
    }

    @Test("the shortest value's eight digits are masked")
    func minimum() throws {
        #expect(try Masking(["four"], "666f7572 666F7572").text == "*** ***")
    }
}
