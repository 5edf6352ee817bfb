import Secrets

/// Finds patterns by a few of their bytes: a Bloom filter that answers almost always, and behind it a hash table.
///
/// Where the filter would be larger than a cache, a gram sets two bits instead of one, both in one word, so that a
/// question still costs one access to memory that is far (Putze, Sanders and Singler, "Cache-, Hash- and
/// Space-Efficient Bloom Filters"). It holds bytes of the patterns, so it lives in secret pages.
struct GramIndex: Sendable {
    /// log2 of the bits of a filter of 512 KiB, for which a usual second-level cache has room.
    static let cachedBits = 22
    private static let maskCount = 1024

    private let pages: SecretBytes
    private let layout: Layout

    /// Where each table stands in the pages.
    private struct Layout {
        let count: Int
        let multiplier: UInt64
        /// Whether two bits stand for a gram.
        let isDense: Bool
        /// log2 of how many bits the filter has; up to one in 64 is set, or one in 16.
        let bits: Int
        /// log2 of how many buckets there are.
        let buckets: Int

        init(count: Int, multiplier: UInt64) {
            self.count = count
            self.multiplier = multiplier
            let log2 = Int.bitWidth - max(count - 1, 0).leadingZeroBitCount
            isDense = log2 + 6 > GramIndex.cachedBits
            bits = isDense ? min(log2 + 5, GramIndex.cachedBits) : max(log2 + 6, 10)
            buckets = min(max(log2, 4), GramIndex.cachedBits)
        }

        var masks: Int { count * MemoryLayout<GramEntry>.stride }
        var words: Int { masks + 8 * GramIndex.maskCount }
        var starts: Int { words + 1 << bits / 8 }
        var byteCount: Int { starts + 4 * (1 << buckets + 1) }

        func tables(_ base: UnsafeRawPointer) -> GramTables {
            GramTables(
                words: (base + words).assumingMemoryBound(to: UInt64.self),
                masks: (base + masks).assumingMemoryBound(to: UInt64.self),
                starts: (base + starts).assumingMemoryBound(to: UInt32.self),
                entries: base.assumingMemoryBound(to: GramEntry.self),
                multiplier: multiplier,
                isDense: isDense,
                wordShift: UInt64(64 - bits + 6),
                bucketShift: UInt64(64 - buckets)
            )
        }
    }

    /// Indexes `count` entries by their grams of `gramWidth` bytes, four or five.
    ///
    /// The entries are made twice, once to count and once to fill: together they would take as much memory again.
    init(
        _ entries: some Sequence<GramEntry>,
        count: Int,
        gramWidth: Int
    ) throws(SecretMemoryError) {
        let layout = Layout(count: count, multiplier: GramTables.multiplier(gramWidth))
        var buffer = try SecretBuffer(capacity: layout.byteCount)
        _ = try buffer.appendUninitialized(capacity: layout.byteCount) { $0.count }
        buffer.withExposedMutableBytes { memory in
            guard let base = memory.baseAddress else { return }
            Self.fill(base, from: entries, layout)
        }
        self.layout = layout
        pages = buffer.finish()
    }

    /// Lends the tables.
    func withTables<Result>(_ body: (GramTables) -> Result) -> Result? {
        pages.withExposedBytes { bytes in bytes.baseAddress.map { body(layout.tables($0)) } }
    }

    /// Sorts the entries into their buckets by counting; the memory is zeroed.
    private static func fill(
        _ base: UnsafeMutableRawPointer,
        from unsorted: some Sequence<GramEntry>,
        _ layout: Layout
    ) {
        let masks = (base + layout.masks).bindMemory(to: UInt64.self, capacity: maskCount)
        for number in 0..<maskCount {
            masks[number] = layout.isDense ? GramTables.mask(number) : 1 << UInt64(number & 63)
        }
        let words = (base + layout.words).bindMemory(to: UInt64.self, capacity: 1 << layout.bits / 64)
        let starts = (base + layout.starts).bindMemory(to: UInt32.self, capacity: 1 << layout.buckets + 1)
        let entries = base.bindMemory(to: GramEntry.self, capacity: layout.count)
        let tables = layout.tables(base)
        for entry in unsorted {
            let hash = tables.hash(entry.bytes)
            words[Int(truncatingIfNeeded: hash >> tables.wordShift)] |= masks[GramTables.maskNumber(hash)]
            starts[Int(truncatingIfNeeded: hash >> tables.bucketShift)] += 1
        }
        // First each bucket's end, and then, filled from behind, its start.
        for bucket in 1...1 << layout.buckets { starts[bucket] += starts[bucket - 1] }
        for entry in unsorted {
            let bucket = Int(truncatingIfNeeded: tables.hash(entry.bytes) >> tables.bucketShift)
            starts[bucket] -= 1
            entries[Int(starts[bucket])] = entry
        }
    }
}
