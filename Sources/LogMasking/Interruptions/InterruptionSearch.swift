/// Finds patterns that line breaks, escapes or other white space stand in.
///
/// Only where one of these stands is anything looked up: the bytes before it are the beginning of a pattern or not.
struct InterruptionSearch {
    private let texts: PatternTexts
    private let heads: HeadIndex
    private let prefixes: PrefixIndex
    private(set) var matches: [PatternMatch] = []
    /// The first byte of the stream that may be the start of an occurrence whose end is not there yet.
    private(set) var limit = Int.max

    init(_ texts: PatternTexts, _ heads: HeadIndex, _ prefixes: PrefixIndex) {
        self.texts = texts
        self.heads = heads
        self.prefixes = prefixes
    }

    /// Finds all occurrences in a region.
    mutating func search(_ region: SearchRegion) {
        guard !heads.isEmpty, let base = region.bytes.baseAddress else { return }
        // A head is shorter than its pattern.
        let bytes = UnsafeRawBufferPointer(start: base, count: region.reach(texts.longest))
        heads.ends.withBits { ends in
            heads.shortHeads.beginnings.withTables { beginnings in
                var finder = ControlFinder(bytes, includesSpaces: heads.hasGaps)
                while let place = finder.next() { lookUp(place, base, region, ends, beginnings) }
            }
        }
    }

    /// Looks up what may be a beginning that ends before `place`.
    @inline(__always)
    private mutating func lookUp(
        _ place: Int,
        _ base: UnsafeRawPointer,
        _ region: SearchRegion,
        _ ends: GramFilter.Lent,
        _ beginnings: GramTables
    ) {
        let byte = region.bytes[place]
        guard InterruptionScan.startsInterruption(byte) || ValueScreen.isSpace(byte) else { return }
        if place >= HeadIndex.shortestHead, ends.mayContain((base + place - 4).loadUnaligned(as: UInt32.self)) {
            readHeads(before: place, base, region)
        }
        if byte == InterruptionScan.escape, !heads.shortHeads.isEmpty { lookUpShortHeads(place, region, beginnings) }
    }

    /// Looks for the starts of heads, from their last byte to the first.
    ///
    /// No head has white space, or most often an escape: what is looked at behind one interruption is not looked at
    /// again behind the next.
    @inline(never)
    private mutating func readHeads(before place: Int, _ base: UnsafeRawPointer, _ region: SearchRegion) {
        // Of a thousand tokens that share a header, which alone was printed, few go on as the text does.
        let next = InterruptionScan.nextBytes(1, in: region.bytes, from: place).map { UInt8(truncatingIfNeeded: $0) }
        prefixes.withFilters { filters in
            var start = place
            let first = max(place - heads.longestHead, 0)
            while start > first, mayBeInHead(region.bytes[start - 1]) {
                start -= 1
                let count = place - start
                guard count >= HeadIndex.shortestHead, filters.mayGoOn(base + start, count: count) else { continue }
                readHead(start..<place, next, region)
            }
        }
    }

    @inline(__always)
    private func mayBeInHead(_ byte: UInt8) -> Bool {
        !ValueScreen.isSpace(byte) && (byte != InterruptionScan.escape || heads.hasEscapes)
    }

    private mutating func readHead(_ range: Range<Int>, _ next: UInt8?, _ region: SearchRegion) {
        let head = UnsafeRawBufferPointer(rebasing: region.bytes[range])
        for pattern in texts.those(of: heads.patterns, beginningWith: head) where texts.length(pattern) > head.count {
            let expected = texts.start(pattern).load(fromByteOffset: head.count, as: UInt8.self)
            guard next == nil || next == expected || ValueScreen.isSpace(expected) else { continue }
            read(pattern, head: head.count, before: range.upperBound, region)
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
