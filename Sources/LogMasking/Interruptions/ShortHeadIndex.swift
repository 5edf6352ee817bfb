import Glibc
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
            let gram = texts.start(pattern).loadUnaligned(as: UInt32.self)
            return GramEntry(key: UInt64(gram), pattern: pattern, place: 0, placeInKey: 0)
        }
        beginnings = try GramIndex(entries, count: without.count, gramWidth: HeadIndex.shortestHead)
    }

    /// The patterns that begin with `head`: all, or those alone that `beginnings` does not have.
    func patterns(
        beginningWith head: UnsafeRawBufferPointer,
        _ texts: PatternTexts,
        all takesAll: Bool
    ) -> ArraySlice<Int> {
        guard let start = head.baseAddress else { return [] }
        func order(_ pattern: Int) -> Int32 { memcmp(texts.start(pattern), start, head.count) }
        let patterns = (takesAll ? all : withGap)[...]
        let rest = patterns[Self.partition(patterns) { order($0) < 0 }...]
        return rest[..<Self.partition(rest) { order($0) == 0 }]
    }

    /// The first place of which `isBefore` is false.
    private static func partition(_ patterns: ArraySlice<Int>, _ isBefore: (Int) -> Bool) -> Int {
        var (low, high) = (patterns.startIndex, patterns.endIndex)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(patterns[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
