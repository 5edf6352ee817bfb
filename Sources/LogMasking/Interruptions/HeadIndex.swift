import Secrets

/// What interrupted patterns are found by: the bytes before the first interruption, a head.
///
/// A pattern has as many heads as bytes, so none has an entry of its own: the last four bytes of a head tell in almost
/// every case that there is none, and otherwise it is looked for from its start.
struct HeadIndex: Sendable {
    /// The shortest pattern that is searched for, as of everything derived.
    static let shortest = ValueScreen.minimumDerivedCount
    /// How many bytes have to stand before a line break: a line's end must not be held back because of one letter.
    static let shortestHead = 4
    /// log2 of the bits of a filter of 2 MiB: it is asked once a line, and a pattern has many heads.
    private static let mostBits = 24

    /// The last four bytes of every head.
    let ends: GramFilter
    /// The patterns that have heads, in the order of their bytes.
    let patterns: [Int]
    /// The length of the longest head.
    let longestHead: Int
    /// Whether an escape stands in a pattern, and so may stand in a head.
    let hasEscapes: Bool
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
        longestMatch = patterns.map { InterruptedPattern.longestMatch(texts.length($0)) }.max() ?? 0
        hasEscapes = patterns.contains { texts.text($0).contains(InterruptionScan.escape) }
        let heads = patterns.map { Self.longestHead(texts.text($0)) }
        hasGaps = zip(patterns, heads).contains { $1 < texts.length($0) - 1 }
        longestHead = heads.max() ?? 0
        let placed = zip(patterns, heads).filter { $1 >= Self.shortestHead }
        self.patterns = placed.map(\.0)
        let headCount = placed.reduce(0) { $0 + $1.1 - Self.shortestHead + 1 }
        ends = try GramFilter(count: headCount, mostBits: Self.mostBits) { insert in
            for (pattern, head) in placed {
                for place in 0...head - Self.shortestHead { insert(texts.gram(UInt32.self, of: pattern, at: place)) }
            }
        }
    }

    /// How many bytes can stand before the first interruption: those before white space, and not all.
    private static func longestHead(_ text: UnsafeRawBufferPointer) -> Int {
        min(text.firstIndex(where: ValueScreen.isSpace) ?? text.count, text.count - 1)
    }
}
