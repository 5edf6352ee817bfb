import InjectTesting
import LogMasking
import Testing

@Suite("Base32")
struct Base32FormTests {
    @Test(
        "the value alone is masked",
        arguments: [
            EncodedValue("hunter2-hunter2", "NB2W45DFOIZC22DVNZ2GK4RS", "base32")
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "base32") }

    @Test("the value inside a text is masked but for its edges", arguments: 0..<200)
    func insideText(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(random.below(255) + 1) } }
        let value = [0x21] + bytes(9 + random.below(40)) + [0x21]
        let (prefix, suffix) = (bytes(random.below(11)), bytes(random.below(11)))
        let text = Self.naive(prefix + value + suffix)
        let (first, end) = ((prefix.count * 8 + 4) / 5, (prefix.count + value.count) * 8 / 5)
        let masked = try Masking(patterns(of: value), [Array(text.utf8)[...]]).text
        #expect(masked == text.prefix(first) + "***" + text.dropFirst(end), "seed \(seed)")
    }

    /// RFC 4648, section 6, a bit at a time.
    private static func naive(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var bits = bytes.map {
            String(repeating: "0", count: $0.leadingZeroBitCount) + ($0 == 0 ? "" : String($0, radix: 2))
        }
        .joined()
        while bits.count % 5 != 0 { bits += "0" }
        var text = ""
        while !bits.isEmpty {
            text.append(alphabet[Int(bits.prefix(5), radix: 2) ?? 0])
            bits.removeFirst(5)
        }
        return text
    }

    @Test(
        "another value, and digits in small letters, stay",
        arguments: ["NB2W45DFOIZC22DVNZ2GK4RT", "nb2w45dfoizc22dvnz2gk4rs"])
    func nearMiss(text: String) throws { #expect(try Masking(["hunter2-hunter2"], text).text == text) }
}
