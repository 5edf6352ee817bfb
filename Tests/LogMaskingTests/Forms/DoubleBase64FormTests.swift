import Foundation
import InjectTesting
import LogMasking
import Testing

@Suite("Base64 of base64")
struct DoubleBase64FormTests {
    @Test("it is masked but for its edges, whatever surrounds the value", arguments: 0..<100)
    func insideText(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(random.below(255) + 1) } }
        let value = [0x21] + bytes(9 + random.below(40)) + [0x21]
        let (prefix, suffix) = (bytes(random.below(7)), bytes(random.below(7)))
        let standard = Data(prefix + value + suffix).base64EncodedString()
        let urlSafe = standard.replacing("+", with: "-").replacing("/", with: "_")
        for once in [standard, urlSafe] {
            let twice = Data(once.utf8).base64EncodedString()
            let masked = try Masking(patterns(of: value), [Array(twice.utf8)[...]]).text
            let first = ((prefix.count * 8 + 5) / 6 * 8 + 5) / 6
            let end = (prefix.count + value.count) * 8 / 6 * 8 / 6
            #expect(masked == twice.prefix(first) + "***" + twice.dropFirst(end), "seed \(seed)")
        }
    }

    @Test("it has its name")
    func name() throws {
        try EncodedValue("hunter2!", "YUhWdWRHVnlNa", "base64 | base64").expectMasked(as: "double-base64")
    }

    @Test(
        "what is encoded three times, or is another value, stays",
        arguments: ["WVVoV2RXUkhWbmxOYVVFPQ==", "YUhWdWRHVnlNeUU="])
    func nearMiss(text: String) throws { #expect(try Masking(["hunter2!"], text).text == text) }
}
