import Glibc

/// Finds whole patterns by their rarest grams.
struct GramSearch {
    /// How much work besides the reading a call may cause; an automaton is faster than more.
    private static let leastBudget = 2048

    let texts: PatternTexts
    let grams: RarestGrams
    private(set) var matches: [PatternMatch] = []
    private var work = 0

    init(_ texts: PatternTexts, _ grams: RarestGrams) {
        self.texts = texts
        self.grams = grams
    }

    /// Finds all occurrences in a region; false where it is not worth going on.
    mutating func search(_ region: SearchRegion) -> Bool {
        let count = region.reach(texts.longest)
        guard let base = region.bytes.baseAddress, count >= grams.gramWidth else { return true }
        let budget = work + Self.leastBudget + count / 2
        let places = GramPlaces(
            last: base + (count - grams.gramWidth),
            end: base + region.bytes.count,
            stride: grams.stride
        )
        return grams.index.withTables { tables in
            var next = base
            while let place = places.candidate(from: next, tables) {
                for entry in tables.candidates(tables.hash(places.bytes(at: place))) {
                    examine(entry, at: place - base, base, region)
                }
                guard work <= budget else { return false }
                next = place + grams.stride
            }
            return true
        } ?? true
    }

    @inline(__always)
    private mutating func examine(
        _ entry: GramEntry,
        at place: Int,
        _ base: UnsafeRawPointer,
        _ region: SearchRegion
    ) {
        work += 1
        let window = place - entry.placeInKey
        guard window >= 0, window + 8 <= region.bytes.count, grams.width == 8 else {
            return compare(entry, at: place, base, region)
        }
        guard (base + window).loadUnaligned(as: UInt64.self) == entry.key else { return }
        compare(entry, at: place, base, region)
    }

    /// Compares the whole pattern.
    @inline(never)
    private mutating func compare(
        _ entry: GramEntry,
        at place: Int,
        _ base: UnsafeRawPointer,
        _ region: SearchRegion
    ) {
        let pattern = Int(entry.pattern)
        let start = place - entry.place
        let end = start + texts.length(pattern)
        guard start >= 0, start < region.limit, end <= region.bytes.count else { return }
        work += (end - start) / 32
        guard memcmp(base + start, texts.start(pattern), end - start) == 0 else { return }
        matches.append(
            PatternMatch(
                range: region.offset + start..<region.offset + end,
                pattern: pattern,
                isInterrupted: false
            )
        )
    }
}
