import Foundation
import InjectTesting
import LogMasking
import Testing

@Suite("Encodings of encodings")
struct NestedEncodingFormTests {
    @Test("base64 of base64 is masked but for its edges, whatever surrounds the value", arguments: 0..<100)
    func doubleBase64(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(random.below(255) + 1) } }
        let value = [0x21] + bytes(9 + random.below(40)) + [0x21]
        let (prefix, suffix) = (bytes(random.below(7)), bytes(random.below(7)))
        let once = Data(prefix + value + suffix).base64EncodedData()
        let twice = once.base64EncodedString()
        let masked = try Masking(patterns(of: value), [Array(twice.utf8)[...]]).text
        let first = ((prefix.count * 8 + 5) / 6 * 8 + 5) / 6
        let end = (prefix.count + value.count) * 8 / 6 * 8 / 6
        #expect(masked == twice.prefix(first) + "***" + twice.dropFirst(end), "seed \(seed)")
    }

    @Test(
        "each is called by its name",
        arguments: [
            ("hunter2!", "YUhWdWRHVnlNa", "double-base64"),
            ("hunter2!", "aAB1AG4AdABlAHIAMgAhA", "encoded-command"),
            ("p@ss/word", "p%2540ss%252Fword", "double-percent"),
            ("say \"secret\"", #"say \\\"secret\\\""#, "nested-json"),
        ]
    )
    func names(value: String, encoded: String, form: String) throws {
        try EncodedValue(value, encoded, form).expectMasked(as: form)
    }

    @Test("what is encoded three times, or is another value, stays")
    func nearMisses() throws {
        for text in ["WVVoV2RXUkhWbmxOYVVFPQ==", "YUhWdWRHVnlNeUU=", "p%252540ss%25252Fword"] {
            #expect(try Masking(["hunter2!", "p@ss/word"], text).text == text)
        }
    }
}
