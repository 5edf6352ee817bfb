import Secrets

/// What interrupted patterns are found by: the bytes before the first interruption.
struct HeadIndex: Sendable {
    /// The shortest pattern that is searched for, as of everything derived.
    static let shortest = ValueScreen.minimumDerivedCount
    /// How many bytes have to stand before a line break: a line's end must not be held back because of one letter.
    static let shortestHead = 4

    /// The last four bytes of every head.
    let index: GramIndex
    /// The patterns that escapes may interrupt after fewer bytes than a head has.
    let shortHeads: ShortHeadIndex
    /// Whether some pattern has white space, so that other white space may stand in its place.
    let hasGaps: Bool
    /// How many bytes an occurrence can have; 0 where there is none.
    let longestMatch: Int
    /// Whether there is no pattern to look for.
    var isEmpty: Bool { longestMatch == 0 }

    /// Indexes those of the patterns that may be interrupted.
    init(_ texts: PatternTexts, _ interruptions: [Interruption]) throws(SecretMemoryError) {
        let patterns = interruptions.indices.filter {
            interruptions[$0] > .none && texts.length($0) >= Self.shortest
        }
        shortHeads = try ShortHeadIndex(texts, patterns.filter { interruptions[$0] == .anywhere })
        let heads = patterns.map { Self.longestHead(texts.text($0)) }
        hasGaps = zip(patterns, heads).contains { $1 < texts.length($0) - 1 }
        longestMatch = patterns.map { InterruptedPattern.longestMatch(texts.length($0)) }.max() ?? 0
        let size = heads.reduce(0) { $0 + max($1 - Self.shortestHead + 1, 0) } * MemoryLayout<GramEntry>.stride
        var entries = try SecretBuffer(capacity: size)
        _ = try entries.appendUninitialized(capacity: size) { memory in
            Self.fill(memory, texts, zip(patterns, heads))
            return size
        }
        index = try GramIndex(entries)
    }

    /// How many bytes can stand before the first interruption: those before white space, and not all.
    private static func longestHead(_ text: UnsafeRawBufferPointer) -> Int {
        min(text.firstIndex(where: ValueScreen.isSpace) ?? text.count, text.count - 1)
    }

    private static func fill(
        _ memory: UnsafeMutableRawBufferPointer,
        _ texts: PatternTexts,
        _ heads: Zip2Sequence<[Int], [Int]>
    ) {
        let entries = memory.bindMemory(to: GramEntry.self)
        var next = 0
        for (pattern, longest) in heads where longest >= shortestHead {
            for head in shortestHead...longest {
                let gram = (texts.start(pattern) + head - 4).loadUnaligned(as: UInt32.self)
                entries[next] = GramEntry(key: UInt64(gram), pattern: pattern, place: head, placeInKey: 0)
                next += 1
            }
        }
    }
}
