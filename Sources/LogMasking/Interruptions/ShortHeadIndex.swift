import Secrets

/// Patterns that escapes may interrupt after one, two or three bytes.
///
/// Almost every one is found by its first four bytes, of which some stand behind the escape; a log full of colours has
/// as many escapes as words, and none of them may cost a search for each of the lengths.
struct ShortHeadIndex: Sendable {
    /// The first four bytes of each pattern that has no white space there.
    let beginnings: GramIndex
    /// All patterns, in the order of their bytes.
    private let all: [Int]
    /// Those with white space there, for which other white space may stand, in the order of their bytes.
    private let withGap: [Int]

    /// Whether there is no pattern.
    var isEmpty: Bool { all.isEmpty }
    /// Whether there are patterns that `beginnings` does not have.
    var hasGaps: Bool { !withGap.isEmpty }

    /// Indexes patterns that are given in the order of their bytes and of which none has fewer than four.
    init(_ texts: PatternTexts, _ patterns: [Int]) throws(SecretMemoryError) {
        all = patterns
        func hasGap(_ pattern: Int) -> Bool {
            texts.text(pattern).prefix(HeadIndex.shortestHead).contains(where: ValueScreen.isSpace)
        }
        withGap = patterns.filter(hasGap)
        let without = patterns.filter { !hasGap($0) }
        let entries = without.lazy.map { pattern in
            GramEntry(key: texts.gram(UInt32.self, of: pattern, at: 0), pattern: pattern, place: 0, placeInKey: 0)
        }
        beginnings = try GramIndex(entries, count: without.count, gramWidth: HeadIndex.shortestHead)
    }

    /// The patterns that begin with `head`: all, or those alone that `beginnings` does not have.
    func patterns(
        beginningWith head: UnsafeRawBufferPointer,
        _ texts: PatternTexts,
        all takesAll: Bool
    ) -> ArraySlice<Int> {
        texts.those(of: takesAll ? all : withGap, beginningWith: head)
    }
}
