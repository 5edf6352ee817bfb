import Secrets

/// Finds patterns by four of their bytes: a bitmap that answers almost always, and behind it a hash table.
///
/// It holds bytes of the patterns, so it lives in secret pages.
struct GramIndex: Sendable {
    /// The bitmap stays at 512 KiB, so that a usual second-level cache has room for it.
    private static let mostBits = 22

    private let pages: SecretBytes
    private let layout: Layout

    /// Where each table stands in the pages.
    private struct Layout {
        let count: Int
        /// log2 of how many bits there are; one in 64 is set while there are few.
        let bits: Int
        /// log2 of how many buckets there are.
        let buckets: Int

        init(count: Int) {
            self.count = count
            let log2 = Int.bitWidth - max(count - 1, 0).leadingZeroBitCount
            bits = min(max(log2 + 6, 10), GramIndex.mostBits)
            buckets = min(max(log2, 4), bits)
        }

        var bitmap: Int { count * MemoryLayout<GramEntry>.stride }
        var starts: Int { bitmap + 1 << bits / 8 }
        var byteCount: Int { starts + 4 * (1 << buckets + 1) }
    }

    /// Indexes the `GramEntry` values that `unsorted` is full of.
    init(_ unsorted: consuming SecretBuffer) throws(SecretMemoryError) {
        layout = Layout(count: unsorted.count / MemoryLayout<GramEntry>.stride)
        var buffer = try SecretBuffer(capacity: layout.byteCount)
        _ = try buffer.appendUninitialized(capacity: layout.byteCount) { $0.count }
        let layout = layout
        buffer.withExposedMutableBytes { memory in
            guard let base = memory.baseAddress else { return }
            unsorted.withExposedBytes { Self.fill(base, from: $0.bindMemory(to: GramEntry.self), layout) }
        }
        pages = buffer.finish()
    }

    /// Lends the tables.
    func withTables<Result>(_ body: (GramTables) -> Result) -> Result? {
        pages.withExposedBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            let tables = GramTables(
                bits: (base + layout.bitmap).assumingMemoryBound(to: UInt64.self),
                starts: (base + layout.starts).assumingMemoryBound(to: UInt32.self),
                entries: base.assumingMemoryBound(to: GramEntry.self),
                bitShift: UInt32(32 - layout.bits),
                bucketShift: UInt32(32 - layout.buckets)
            )
            return body(tables)
        }
    }

    /// Sorts the entries into their buckets by counting; the memory is zeroed.
    private static func fill(
        _ base: UnsafeMutableRawPointer,
        from unsorted: UnsafeBufferPointer<GramEntry>,
        _ layout: Layout
    ) {
        let bits = (base + layout.bitmap).bindMemory(to: UInt64.self, capacity: 1 << layout.bits / 64)
        let starts = (base + layout.starts).bindMemory(to: UInt32.self, capacity: 1 << layout.buckets + 1)
        let entries = base.bindMemory(to: GramEntry.self, capacity: layout.count)
        let (bitShift, bucketShift) = (UInt32(32 - layout.bits), UInt32(32 - layout.buckets))
        for entry in unsorted {
            let hash = GramTables.hash(entry.gram)
            bits[Int((hash >> bitShift) >> 6)] |= 1 << UInt64(hash >> bitShift & 63)
            starts[Int(hash >> bucketShift)] += 1
        }
        // First each bucket's end, and then, filled from behind, its start.
        for bucket in 1...1 << layout.buckets { starts[bucket] += starts[bucket - 1] }
        for entry in unsorted {
            let bucket = Int(GramTables.hash(entry.gram) >> bucketShift)
            starts[bucket] -= 1
            entries[Int(starts[bucket])] = entry
        }
    }
}
