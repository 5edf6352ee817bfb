import Glibc

/// Finds patterns that line breaks, escapes or other white space stand in.
///
/// Only where one of these stands is anything looked up: the bytes before it are the beginning of a pattern or not.
struct InterruptionSearch {
    private let texts: PatternTexts
    private let heads: HeadIndex
    private(set) var matches: [PatternMatch] = []
    /// The first byte of the stream that may be the start of an occurrence whose end is not there yet.
    private(set) var limit = Int.max

    init(_ texts: PatternTexts, _ heads: HeadIndex) {
        self.texts = texts
        self.heads = heads
    }

    /// Finds all occurrences in a region.
    mutating func search(_ region: SearchRegion) {
        guard !heads.isEmpty, let base = region.bytes.baseAddress else { return }
        let finder = ControlFinder(includesSpaces: heads.hasGaps)
        heads.index.withTables { tables in
            var next = 0
            while let place = finder.next(base, from: next, to: region.bytes.count) {
                next = place + 1
                if place >= HeadIndex.shortestHead { lookUp(place, base, region, tables) }
                if region.bytes[place] == 0x1B { lookUpShortHeads(place, region) }
            }
        }
    }

    @inline(__always)
    private mutating func lookUp(
        _ place: Int,
        _ base: UnsafeRawPointer,
        _ region: SearchRegion,
        _ tables: GramTables
    ) {
        let gram = (base + place - 4).loadUnaligned(as: UInt32.self)
        let hash = GramTables.hash(gram)
        guard tables.mayContain(hash) else { return }
        for entry in tables.candidates(hash) where entry.gram == gram && entry.place <= place {
            let pattern = Int(entry.pattern)
            guard memcmp(base + place - entry.place, texts.start(pattern), entry.place) == 0 else { continue }
            read(pattern, head: entry.place, before: place, region)
        }
    }

    /// Escapes may follow one, two or three bytes of a value.
    @inline(never)
    private mutating func lookUpShortHeads(_ place: Int, _ region: SearchRegion) {
        guard !heads.anywhere.isEmpty else { return }
        for count in 1..<HeadIndex.shortestHead where count <= place {
            let head = UnsafeRawBufferPointer(rebasing: region.bytes[place - count..<place])
            for pattern in heads.anywhere[firstPattern(from: head)...] {
                guard texts.text(pattern).starts(with: head) else { break }
                read(pattern, head: count, before: place, region)
            }
        }
    }

    /// The place in `anywhere` of the first pattern that is not less than `head`.
    private func firstPattern(from head: UnsafeRawBufferPointer) -> Int {
        var (low, high) = (0, heads.anywhere.count)
        while low < high {
            let middle = (low + high) / 2
            let order = memcmp(texts.start(heads.anywhere[middle]), head.baseAddress.unsafelyUnwrapped, head.count)
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func read(_ pattern: Int, head: Int, before place: Int, _ region: SearchRegion) {
        let start = place - head
        let text = texts.text(pattern)
        guard start < region.limit, !text[..<head].contains(where: ValueScreen.isSpace) else { return }
        switch InterruptedPattern(pattern: text).read(region.bytes, start: start, place: place, index: head) {
        case .none: return
        case .unfinished:
            if region.isOpen { limit = min(limit, region.offset + start) }
        case .end(let end):
            // White space that is as it should be interrupts nothing.
            if region.bytes[start..<end].elementsEqual(text) { return }
            let range = region.offset + start..<region.offset + end
            matches.append(PatternMatch(range: range, pattern: pattern, isInterrupted: true))
        }
    }
}
