import InjectTesting
import LogMasking
import Testing

/// Where there are thousands of patterns, they are found by five of their bytes instead of four, and from some 16,400
/// on two bits of the filter stand for each of these instead of one.
@Suite("Masking of thousands of patterns")
struct WideGramTests {
    /// Patterns that no text of letters contains.
    private static func others(_ count: Int) -> [RawPattern] {
        (0..<count).map { RawPattern(name: "other", form: "number", bytes: Array(String(10_000_000 + $0).utf8)) }
    }

    @Test("output and report are the oracle's, whatever the writes", arguments: 0..<30, [8500, 17_000])
    func sameAsOracle(seed: Int, count: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let example = RandomStreamTests.Case(&random, shortest: 8)
        let expected = Masking(NaiveMasker(example.naive()).result(of: example.text))
        let patterns = try MaskPatterns(raw: example.patterns + Self.others(count))
        for pieces in [[example.text[...]], example.text.indices.map { example.text[$0...$0] }] {
            #expect(try Masking(patterns, pieces) == expected, "seed \(seed)")
        }
        for _ in 0..<10 {
            #expect(try Masking(patterns, pieces(example.text, &random)) == expected, "seed \(seed)")
        }
    }

    @Test("each of them is found at every place of a text", arguments: [8500, 17_000])
    func everyPlace(count: Int) throws {
        let others = Self.others(count)
        let patterns = try MaskPatterns(raw: others)
        for (place, pattern) in others.enumerated() where place.isMultiple(of: 7) {
            let before = [UInt8](repeating: UInt8(ascii: "x"), count: place % 64)
            let text = before + pattern.bytes + Array("y".utf8.prefix(place % 2))
            let expected = before + Array("***".utf8) + Array("y".utf8.prefix(place % 2))
            #expect(try Masking(patterns, [text[...]]).output == expected, "\(pattern.bytes) at \(before.count)")
        }
    }
}
