import InjectTesting
import LogMasking
import Testing

/// Small cases completely: two letters provoke every kind of overlap.
@Suite("Masking at every split")
struct ExhaustiveSplitTests {
    /// The letters of a pattern can be exchanged without a change, so the first one is always `a`.
    static let firstPatterns = (1...5).flatMap(texts(ofLength:)).filter { $0[0] == UInt8(ascii: "a") }

    static let pairs = (1...3).flatMap(texts(ofLength:)).filter { $0[0] == UInt8(ascii: "a") }.flatMap { first in
        (1...4).flatMap(texts(ofLength:)).filter { $0.count > first.count || $0[0] > first[0] }.map { [first, $0] }
    }

    @Test("one pattern, every text up to eight letters, every cut into three", arguments: firstPatterns)
    func onePattern(pattern: [UInt8]) throws {
        try check([pattern], (0...8).flatMap(texts(ofLength:)))
    }

    @Test("two patterns, every text of five letters, every cut into three", arguments: pairs)
    func twoPatterns(pair: [[UInt8]]) throws {
        try check(pair, texts(ofLength: 5))
    }

    private func check(_ patterns: [[UInt8]], _ texts: [[UInt8]]) throws {
        let raw = zip("ABC", patterns).map { RawPattern(name: String($0), bytes: $1) }
        let maskings = [try MaskPatterns(raw: raw)]
        let oracle = NaiveMasker(zip("ABC", patterns).map { NaivePattern(name: String($0), bytes: $1) })
        for text in texts {
            let expected = Masking(oracle.result(of: text))
            for (number, pieces) in threePieces(text).enumerated() {
                let found = try Masking(maskings[0], pieces, prefersAutomaton: number % 2 == 0)
                // A plain comparison first: an expectation costs far more, and there are a million of these.
                if found != expected { #expect(found == expected, "\(patterns) in \(pieces)") }
            }
        }
    }
}
