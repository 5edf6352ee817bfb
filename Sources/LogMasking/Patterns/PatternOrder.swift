import Glibc
import Secrets

/// Sorts patterns by their bytes, then by name, then by form.
///
/// Most orders are decided by the first eight bytes, which are sorted digit by digit: fifty thousand patterns in a
/// millisecond or two, where comparing took twenty.
struct PatternOrder {
    private let entries: [PatternEntry]
    private let bytes: UnsafeRawBufferPointer

    /// Takes entries whose ranges are those of `bytes`.
    init(_ entries: [PatternEntry], in bytes: UnsafeRawBufferPointer) {
        (self.entries, self.bytes) = (entries, bytes)
    }

    /// The entries' places in their order.
    func places() throws(SecretMemoryError) -> [Int] {
        var keys = try KeySort(count: entries.count)
        return keys.sorted(
            by: { place in key(entries[place].range) },
            orderingEqual: { a, b in precedes(entries[a], entries[b]) }
        )
    }

    /// Whether two ranges hold the same bytes.
    func areEqual(_ a: Range<Int>, _ b: Range<Int>) -> Bool { a.count == b.count && compare(a, b) == 0 }

    /// The first eight bytes, the first one as the highest; zeros where there are fewer.
    private func key(_ range: Range<Int>) -> UInt64 {
        guard range.count < 8 else {
            return UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self))
        }
        return bytes[range].reduce(0) { $0 << 8 | UInt64($1) } << UInt64(8 * (8 - range.count))
    }

    private func precedes(_ a: PatternEntry, _ b: PatternEntry) -> Bool {
        let order = compare(a.range, b.range)
        guard order == 0 else { return order < 0 }
        return (a.credit.name, a.credit.form) < (b.credit.name, b.credit.form)
    }

    private func compare(_ a: Range<Int>, _ b: Range<Int>) -> Int {
        guard let base = bytes.baseAddress else { return a.count - b.count }
        let order = memcmp(base + a.lowerBound, base + b.lowerBound, min(a.count, b.count))
        return order == 0 ? a.count - b.count : Int(order)
    }
}
