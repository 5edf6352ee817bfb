import Secrets

/// The distinct texts to look for, in the order of their bytes, and the credits of each.
struct PatternSet: Sendable {
    let pages: SecretBytes
    /// Where each pattern stands in the pages.
    private(set) var ranges: [Range<Int>] = []
    /// The credits of all patterns, one pattern's behind the other's, and where those of each end.
    private var allCredits: [PatternCredit] = []
    private var creditEnds: [Int] = []
    /// How each pattern is found although something stands between its bytes.
    private(set) var interruptions: [Interruption] = []
    /// The length of the longest pattern, and of the shortest; 0 where there is none.
    private(set) var longest = 0
    private(set) var shortest = 0

    init(_ writer: consuming PatternWriter) throws(SecretMemoryError) {
        let (pages, entries) = writer.finish()
        self.pages = pages
        ranges.reserveCapacity(entries.count)
        allCredits.reserveCapacity(entries.count)
        creditEnds.reserveCapacity(entries.count)
        interruptions.reserveCapacity(entries.count)
        try pages.withExposedBytes { bytes throws(SecretMemoryError) in
            let order = PatternOrder(entries, in: bytes)
            for place in try order.places() { add(entries[place], order) }
        }
        longest = ranges.reduce(0) { max($0, $1.count) }
        shortest = ranges.reduce(longest) { min($0, $1.count) }
    }

    /// Lends the patterns.
    func withTexts<Result, Failure: Error>(
        _ body: (PatternTexts) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try pages.withExposedBytes { bytes throws(Failure) in
            try ranges.withUnsafeBufferPointer { ranges throws(Failure) in
                // Secret pages always have an address.
                try body(PatternTexts(base: bytes.baseAddress.unsafelyUnwrapped, ranges: ranges, longest: longest))
            }
        }
    }

    /// The credits of a pattern: at most one for a name, its first form.
    func credits(of pattern: Int) -> ArraySlice<PatternCredit> {
        allCredits[(pattern == 0 ? 0 : creditEnds[pattern - 1])..<creditEnds[pattern]]
    }

    private mutating func add(_ entry: PatternEntry, _ order: PatternOrder) {
        if let last = ranges.last, order.areEqual(last, entry.range) {
            let place = ranges.count - 1
            interruptions[place] = max(interruptions[place], entry.interruption)
            guard allCredits.last?.name != entry.credit.name else { return }
            allCredits.append(entry.credit)
            creditEnds[place] = allCredits.count
        } else {
            ranges.append(entry.range)
            allCredits.append(entry.credit)
            creditEnds.append(allCredits.count)
            interruptions.append(entry.interruption)
        }
    }
}
