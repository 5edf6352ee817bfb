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
        guard let base = region.bytes.baseAddress, count >= 4 else { return true }
        let budget = work + Self.leastBudget + count / 2
        return grams.index.withTables { tables in
            let last = base + (count - 4)
            var next = base
            while let place = Self.nextCandidate(from: next, through: last, grams.stride, tables) {
                let hash = GramTables.hash(place.loadUnaligned(as: UInt32.self))
                for entry in tables.candidates(hash) { examine(entry, at: place - base, base, region) }
                guard work <= budget else { return false }
                next = place + grams.stride
            }
            return true
        } ?? true
    }

    /// The next place at which a gram may stand; looks at one of `stride` places, since a window contains one of these.
    ///
    /// This is the loop that every byte of every log goes through.
    @inline(__always)
    private static func nextCandidate(
        from start: UnsafeRawPointer,
        through last: UnsafeRawPointer,
        _ stride: Int,
        _ tables: GramTables
    ) -> UnsafeRawPointer? {
        @inline(__always)
        func isHit(_ place: UnsafeRawPointer) -> Bool {
            tables.mayContain(GramTables.hash(place.loadUnaligned(as: UInt32.self)))
        }
        var place = start
        let lastOfFour = last - 3 * stride
        while place <= lastOfFour {
            if isHit(place) { return place }
            if isHit(place + stride) { return place + stride }
            if isHit(place + 2 &* stride) { return place + 2 &* stride }
            if isHit(place + 3 &* stride) { return place + 3 &* stride }
            place += 4 &* stride
        }
        while place <= last {
            if isHit(place) { return place }
            place += stride
        }
        return nil
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
