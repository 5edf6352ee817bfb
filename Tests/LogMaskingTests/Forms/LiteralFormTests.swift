import LogMasking
import Testing

@Suite("The literal form")
struct LiteralFormTests {
    @Test("a value is masked wherever it stands", arguments: ["hunter2!", "four", "pass word", "é€😀", awkward])
    func everywhere(value: String) throws {
        try EncodedValue(value, value, "as it is").expectMasked(as: "literal")
        #expect(try Masking([value], value).text == "***")
        #expect(try Masking([value], "x\(value)\(value)y").text == "x***y")
    }

    @Test("bytes that are no text are masked")
    func bytes() throws {
        let value: [UInt8] = [0, 0xFF, 0xFE, 0x80, 0]
        let masking = try Masking(patterns(of: value), [[1] + value + [2]])
        #expect(masking.output == [1] + Array("***".utf8) + [2])
    }

    @Test(
        "the white space around a value is not part of what is searched for", arguments: ["s3cr3t\n", " s3cr3t\r\n\t"])
    func trimmed(value: String) throws {
        #expect(try Masking([value], "a s3cr3t\nb").text == "a ***\nb")
        #expect(try Masking([value], "a czNjcjN0 b").text == "a *** b")
    }

    @Test("what is nearly the value stays", arguments: ["hunter", "Hunter22", "hunter 2", "hunte\nr2"])
    func nearMisses(text: String) throws {
        #expect(try Masking(["hunter2"], text) == Masking([], text))
        #expect(try Masking(["hunter2"], text).text == text)
    }
}
