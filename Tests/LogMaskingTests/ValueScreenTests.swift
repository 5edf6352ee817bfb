import LogMasking
import Testing

@Suite("Values that are not masked")
struct ValueScreenTests {
    @Test("a short value is reported by name and stays", arguments: ["", "abc", " abc\n", "\n \t", "é!"])
    func short(value: String) throws {
        let patterns = try MaskPatterns(named([value]))
        #expect(patterns.unmaskable == [UnmaskableValue(name: "A", reason: .tooShort)])
        let text = "x \(value) y YWJj"
        #expect(try Masking([value], text).text == text)
    }

    @Test(
        "a common value is reported by name and stays, in every form",
        arguments: ["true", "FALSE", "None", "prod", "test", "localhost", "password", "0000", "--------", "true\n"]
    )
    func common(value: String) throws {
        let patterns = try MaskPatterns(named([value]))
        #expect(patterns.unmaskable == [UnmaskableValue(name: "A", reason: .tooCommon)])
        let text = "\(value) true prod 74727565 bG9jYWxob3N0 cGFzc3dvcmQ= 70617373776f7264"
        #expect(try Masking([value], text).text == text)
    }

    @Test("four bytes that are not common are masked", arguments: ["ab12", "prod1", "aaab", "nulL1", "1234"])
    func maskable(value: String) throws {
        #expect(try MaskPatterns(named([value])).unmaskable.isEmpty)
        #expect(try Masking([value], "<\(value)>").text == "<***>")
    }

    @Test("a remark is made once for a name and a reason, in the order of the values")
    func remarks() throws {
        let values = [("B", "x"), ("A", "true"), ("B", "y"), ("A", "long enough"), ("A", "")].map {
            ($0, Array($1.utf8))
        }
        let patterns = try MaskPatterns(values.map { try MaskedValue($0, $1) })
        #expect(
            patterns.unmaskable == [
                UnmaskableValue(name: "B", reason: .tooShort),
                UnmaskableValue(name: "A", reason: .tooCommon),
                UnmaskableValue(name: "A", reason: .tooShort),
            ]
        )
    }

    @Test("every common word is in lower case and long enough to need its place in the list")
    func list() {
        for word in ValueScreen.commonValues {
            #expect(word.count >= ValueScreen.minimumCount)
            #expect(!word.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        }
    }
}
