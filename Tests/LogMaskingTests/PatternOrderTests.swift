import InjectTesting
import Testing

@testable import LogMasking

/// Compares what sorts digit by digit with what compares whole patterns.
@Suite("The order of patterns")
struct PatternOrderTests {
    @Test("it is that of the bytes, then of the names, then of the forms", arguments: 0..<200)
    func differential(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let texts = (0..<random.below(80)).map { _ in Self.text(&random) }
        let credits = texts.map { _ in PatternCredit(name: random.below(3), form: random.below(3)) }
        let entries = Self.entries(texts, credits)
        let places = try Array(texts.joined()).withUnsafeBytes { try PatternOrder(entries, in: $0).places() }
        #expect(places.sorted() == Array(texts.indices))
        let sorted = texts.indices.sorted { a, b in
            if texts[a] != texts[b] { return texts[a].lexicographicallyPrecedes(texts[b]) }
            return (credits[a].name, credits[a].form) < (credits[b].name, credits[b].form)
        }
        #expect(places.map { texts[$0] } == sorted.map { texts[$0] })
        #expect(places.map { credits[$0] } == sorted.map { credits[$0] })
    }

    @Test(
        "zeros and the lack of a byte are told apart, within the first eight bytes and behind them",
        arguments: [0, 1, 6, 7, 8, 9, 20]
    )
    func zeros(count: Int) throws {
        let start = [UInt8](repeating: 0x61, count: count)
        let texts = [start + [0, 0], start + [0], start + [0x61], start]
        let credit = PatternCredit(name: 0, form: 0)
        let entries = Self.entries(texts, texts.map { _ in credit })
        let places = try Array(texts.joined()).withUnsafeBytes { try PatternOrder(entries, in: $0).places() }
        #expect(places == [3, 1, 0, 2])
    }

    /// A text of few bytes, often the beginning of others.
    private static func text(_ random: inout SeededRandom) -> [UInt8] {
        let bytes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF]
        let shared = random.below(2) == 0 ? [UInt8](repeating: 0x80, count: random.below(12)) : []
        return shared + (0...random.below(12)).map { _ in bytes[random.below(bytes.count)] }
    }

    private static func entries(_ texts: [[UInt8]], _ credits: [PatternCredit]) -> [PatternEntry] {
        var end = 0
        return zip(texts, credits).map { text, credit in
            defer { end += text.count }
            return PatternEntry(range: end..<end + text.count, credit: credit, interruption: .none)
        }
    }
}
