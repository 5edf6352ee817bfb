import Secrets

/// What interrupted patterns are found by: the bytes before the first interruption.
struct HeadIndex: Sendable {
    /// The shortest pattern that is searched for, as of everything derived.
    static let shortest = ValueScreen.minimumDerivedCount
    /// How many bytes have to stand before a line break: a line's end must not be held back because of one letter.
    static let shortestHead = 4
    /// log2 of the bits of a filter of 2 MiB: it is asked once a line, and a pattern has many heads.
    private static let mostBits = 24

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
        index = try GramIndex(
            HeadGrams(texts, patterns, longest: heads, shortest: Self.shortestHead),
            count: heads.reduce(0) { $0 + max($1 - Self.shortestHead + 1, 0) },
            gramWidth: Self.shortestHead,
            mostBits: Self.mostBits
        )
    }

    /// How many bytes can stand before the first interruption: those before white space, and not all.
    private static func longestHead(_ text: UnsafeRawBufferPointer) -> Int {
        min(text.firstIndex(where: ValueScreen.isSpace) ?? text.count, text.count - 1)
    }
}
