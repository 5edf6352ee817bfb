import InjectTesting
import LogMasking
import Testing

@Suite("Reversed text")
struct ReversedFormTests {
    @Test("the bytes from behind are masked", arguments: [("hunter2!", "!2retnuh"), ("a/b=c d'e", "e'd c=b/a")])
    func reversed(value: String, shown: String) throws {
        try EncodedValue(value, shown, "rev").expectMasked(as: "reversed")
    }

    @Test("fewer than eight bytes stay")
    func minimum() throws {
        #expect(try Masking(["hunter2"], "2retnuh").text == "2retnuh")
    }
}
