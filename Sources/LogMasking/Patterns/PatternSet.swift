internal import CByteBlocks
import Secrets

/// The distinct texts to look for, in the order of their bytes, and the credits of each.
///
/// They lie in that order in memory, too: what reads them all, as each index does when it is made, goes straight on.
struct PatternSet: Sendable {
    private(set) var pages: SecretBytes
    /// Where each pattern stands in the pages.
    private(set) var ranges = PatternRanges()
    /// The credits of all patterns, one pattern's behind the other's, and where those of each end.
    private var allCredits: [PatternCredit] = []
    private var creditEnds: [Int] = []
    /// How each pattern is found although something stands between its bytes.
    private(set) var interruptions: [Interruption] = []
    /// The length of the longest pattern, and of the shortest; 0 where there is none.
    private(set) var longest = 0
    private(set) var shortest = 0

    /// How many patterns ahead the memory is asked for one.
    private static let lookAhead = 8

    init(_ writer: consuming PatternWriter) throws(SecretMemoryError) {
        let (written, entries) = writer.finish()
        pages = written
        ranges.reserveCapacity(entries.count)
        allCredits.reserveCapacity(entries.count)
        creditEnds.reserveCapacity(entries.count)
        interruptions.reserveCapacity(entries.count)
        pages = try written.withExposedBytes { bytes throws(SecretMemoryError) in try sort(entries, in: bytes) }
        longest = ranges.reduce(0) { max($0, $1.count) }
        shortest = ranges.reduce(longest) { min($0, $1.count) }
    }

    /// Lends the patterns.
    func withTexts<Result, Failure: Error>(
        _ body: (PatternTexts) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try pages.withExposedBytes { bytes throws(Failure) in
            try ranges.withStarts { starts throws(Failure) in
                // Secret pages always have an address.
                try body(PatternTexts(base: bytes.baseAddress.unsafelyUnwrapped, starts: starts, longest: longest))
            }
        }
    }

    /// The credits of a pattern: at most one for a name, its first form.
    func credits(of pattern: Int) -> ArraySlice<PatternCredit> {
        allCredits[(pattern == 0 ? 0 : creditEnds[pattern - 1])..<creditEnds[pattern]]
    }

    /// Adds the entries in their order, and copies the texts into it.
    private mutating func sort(
        _ entries: [PatternEntry],
        in bytes: UnsafeRawBufferPointer
    ) throws(SecretMemoryError) -> SecretBytes {
        // Secret pages always have an address.
        let base = bytes.baseAddress.unsafelyUnwrapped
        let order = PatternOrder(entries, in: bytes)
        let places = try order.places()
        var sorted = try SecretBuffer(capacity: bytes.count)
        var last: Range<Int>?
        for (number, place) in places.enumerated() {
            // What is read in this order lies anywhere: an entry is asked for first, and its text when it is there.
            if number + 2 * Self.lookAhead < places.count {
                prefetch(entries, places[number + 2 * Self.lookAhead])
                inject_prefetch(base + entries[places[number + Self.lookAhead]].range.lowerBound)
            }
            let entry = entries[place]
            if let last, order.areEqual(last, entry.range) {
                merge(entry)
            } else {
                try sorted.append(UnsafeRawBufferPointer(rebasing: bytes[entry.range]))
                add(entry, end: sorted.count)
            }
            last = entry.range
        }
        return sorted.finish()
    }

    private func prefetch(_ entries: [PatternEntry], _ place: Int) {
        entries.withUnsafeBufferPointer { entries in
            if let start = entries.baseAddress { inject_prefetch(start + place) }
        }
    }

    private mutating func add(_ entry: PatternEntry, end: Int) {
        ranges.append(end: end)
        allCredits.append(entry.credit)
        creditEnds.append(allCredits.count)
        interruptions.append(entry.interruption)
    }

    /// Adds what an entry with the same text as the last one says besides.
    private mutating func merge(_ entry: PatternEntry) {
        let place = creditEnds.count - 1
        interruptions[place] = max(interruptions[place], entry.interruption)
        guard allCredits.last?.name != entry.credit.name else { return }
        allCredits.append(entry.credit)
        creditEnds[place] = allCredits.count
    }
}
