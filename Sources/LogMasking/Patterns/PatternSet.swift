import Glibc
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
            for place in try Self.order(entries, in: bytes) { add(entries[place], in: bytes) }
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

    private mutating func add(_ entry: PatternEntry, in bytes: UnsafeRawBufferPointer) {
        if let last = ranges.last, Self.areEqual(bytes[last], bytes[entry.range]) {
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

    /// The entries' places in the order of their bytes.
    ///
    /// Most comparisons are decided by the first eight bytes, which lie together: in secret pages, as all bytes.
    private static func order(
        _ entries: [PatternEntry],
        in bytes: UnsafeRawBufferPointer
    ) throws(SecretMemoryError) -> [Int] {
        let size = entries.count * MemoryLayout<UInt64>.stride
        var keys = try SecretBuffer(capacity: max(size, 1))
        _ = try keys.appendUninitialized(capacity: size) { memory in
            let keys = memory.bindMemory(to: UInt64.self)
            for (place, entry) in entries.enumerated() { keys[place] = key(bytes[entry.range]) }
            return size
        }
        return keys.withExposedBytes { memory in
            let keys = memory.bindMemory(to: UInt64.self)
            return entries.indices.sorted { a, b in
                keys[a] == keys[b] ? precedes(entries[a], entries[b], in: bytes) : keys[a] < keys[b]
            }
        }
    }

    /// The first eight bytes, the first one as the highest; zeros where there are fewer.
    private static func key(_ text: Slice<UnsafeRawBufferPointer>) -> UInt64 {
        let start = text.prefix(8)
        return start.reduce(0) { $0 << 8 | UInt64($1) } << UInt64(8 * (8 - start.count))
    }

    /// Orders by bytes, then by name, then by form.
    private static func precedes(_ a: PatternEntry, _ b: PatternEntry, in bytes: UnsafeRawBufferPointer) -> Bool {
        let order = compare(bytes[a.range], bytes[b.range])
        guard order == 0 else { return order < 0 }
        return (a.credit.name, a.credit.form) < (b.credit.name, b.credit.form)
    }

    private static func areEqual(_ a: Slice<UnsafeRawBufferPointer>, _ b: Slice<UnsafeRawBufferPointer>) -> Bool {
        a.count == b.count && compare(a, b) == 0
    }

    private static func compare(_ a: Slice<UnsafeRawBufferPointer>, _ b: Slice<UnsafeRawBufferPointer>) -> Int {
        let (left, right) = (UnsafeRawBufferPointer(rebasing: a), UnsafeRawBufferPointer(rebasing: b))
        let common = min(left.count, right.count)
        guard common > 0, let start = left.baseAddress, let other = right.baseAddress else {
            return left.count - right.count
        }
        let order = memcmp(start, other, common)
        return order == 0 ? left.count - right.count : Int(order)
    }
}
