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
        // A head is shorter than its pattern.
        let bytes = UnsafeRawBufferPointer(start: base, count: region.reach(texts.longest))
        heads.index.withTables { tables in
            heads.shortHeads.beginnings.withTables { beginnings in
                var finder = ControlFinder(bytes, includesSpaces: heads.hasGaps)
                while let place = finder.next() { lookUp(place, base, region, tables, beginnings) }
            }
        }
    }

    /// Looks up what may be a beginning that ends before `place`.
    @inline(__always)
    private mutating func lookUp(
        _ place: Int,
        _ base: UnsafeRawPointer,
        _ region: SearchRegion,
        _ tables: GramTables,
        _ beginnings: GramTables
    ) {
        if place >= HeadIndex.shortestHead { lookUpHeads(place, base, region, tables) }
        if region.bytes[place] == 0x1B, !heads.shortHeads.isEmpty { lookUpShortHeads(place, region, beginnings) }
    }

    @inline(__always)
    private mutating func lookUpHeads(
        _ place: Int,
        _ base: UnsafeRawPointer,
        _ region: SearchRegion,
        _ tables: GramTables
    ) {
        let gram = (base + place - 4).loadUnaligned(as: UInt32.self)
        let hash = tables.hash(UInt64(gram))
        guard tables.mayContain(hash) else { return }
        readHeads(place, base, region, tables.candidates(hash), gram)
    }

    @inline(never)
    private mutating func readHeads(
        _ place: Int,
        _ base: UnsafeRawPointer,
        _ region: SearchRegion,
        _ candidates: UnsafeBufferPointer<GramEntry>,
        _ gram: UInt32
    ) {
        // Of a thousand tokens that share a header, which alone was printed, few go on as the text does.
        let next = InterruptionScan.nextBytes(1, in: region.bytes, from: place).map { UInt8(truncatingIfNeeded: $0) }
        for entry in candidates where entry.key == UInt64(gram) && entry.place <= place {
            let pattern = Int(entry.pattern)
            let start = texts.start(pattern)
            let expected = start.load(fromByteOffset: entry.place, as: UInt8.self)
            guard next == nil || next == expected || ValueScreen.isSpace(expected) else { continue }
            guard memcmp(base + place - entry.place, start, entry.place) == 0 else { continue }
            read(pattern, head: entry.place, before: place, region)
        }
    }

    /// Escapes may follow one, two or three bytes of a value.
    @inline(never)
    private mutating func lookUpShortHeads(_ place: Int, _ region: SearchRegion, _ beginnings: GramTables) {
        let next = InterruptionScan.nextBytes(HeadIndex.shortestHead - 1, in: region.bytes, from: place)
        for count in 1..<HeadIndex.shortestHead where count <= place {
            if let next { lookUpBeginning(count, before: place, next, region, beginnings) }
            guard next == nil || heads.shortHeads.hasGaps else { continue }
            let head = UnsafeRawBufferPointer(rebasing: region.bytes[place - count..<place])
            // Where the next bytes are not known, any pattern may go on with them.
            for pattern in heads.shortHeads.patterns(beginningWith: head, texts, all: next == nil) {
                read(pattern, head: count, before: place, region)
            }
        }
    }

    /// Looks up the last `count` bytes before `place` and the next ones behind what stands there.
    @inline(__always)
    private mutating func lookUpBeginning(
        _ count: Int,
        before place: Int,
        _ next: UInt32,
        _ region: SearchRegion,
        _ beginnings: GramTables
    ) {
        var gram = next
        for byte in region.bytes[place - count..<place].reversed() { gram = gram << 8 | UInt32(byte) }
        let hash = beginnings.hash(UInt64(gram))
        guard beginnings.mayContain(hash) else { return }
        for entry in beginnings.candidates(hash) where entry.key == UInt64(gram) {
            read(Int(entry.pattern), head: count, before: place, region)
        }
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
