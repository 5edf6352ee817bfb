import InjectTesting
import LogMasking
import Testing

@Suite("Reversed text")
struct ReversedFormTests {
    @Test("the bytes from behind are masked", arguments: [("hunter2!", "!2retnuh"), ("a/b=c d'e", "e'd c=b/a")])
    func reversed(value: String, shown: String) throws {
        try EncodedValue(value, shown, "rev").expectMasked(as: "reversed")
    }

    @Test("characters outside ASCII are turned as a whole, and byte by byte")
    func characters() throws {
        let value = "p\u{E4}ss\u{1F600}word"
        try EncodedValue(value, "drow\u{1F600}ss\u{E4}p", "LC_ALL=C.UTF-8 rev").expectMasked(as: "reversed")
        #expect(try Masking(patterns(of: value.utf8), [Array(value.utf8.reversed())[...]]).text == "***")
    }

    @Test("what is not UTF-8 is turned byte by byte")
    func invalid() throws {
        let value: [UInt8] = [0xC3, 0x61, 0xC3, 0xA4, 0x62, 0x63, 0x64, 0x65, 0x66]
        #expect(try Masking(patterns(of: value), [Array(value.reversed())[...]]).text == "***")
        let turned: [UInt8] = [0x66, 0x65, 0x64, 0x63, 0x62, 0xC3, 0xA4, 0x61, 0xC3]
        #expect(try Masking(patterns(of: value), [turned[...]]).output == turned)
    }

    @Test("fewer than eight bytes stay")
    func minimum() throws {
        #expect(try Masking(["hunter2"], "2retnuh").text == "2retnuh")
    }
}
