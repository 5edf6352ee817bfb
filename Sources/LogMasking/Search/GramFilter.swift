import Secrets

/// Answers whether a few bytes may be one of many grams: a Bloom filter, in secret pages since it tells of patterns.
///
/// A gram sets two bits of one word, so that a question costs one access to memory; one in eight bits is set, or more
/// where that would take more memory than there may be.
struct GramFilter: Sendable {
    private let pages: SecretBytes
    private let wordShift: UInt64

    /// Takes `count` grams of up to eight bytes, not all of them distinct, from `insertAll`: the first byte of each in the
    /// lowest bits.
    init(count: Int, mostBits: Int, _ insertAll: ((UInt64) -> Void) -> Void) throws(SecretMemoryError) {
        let log2 = Int.bitWidth - max(count - 1, 0).leadingZeroBitCount
        let bits = min(max(log2 + 4, 10), mostBits)
        let shift = UInt64(64 - bits + 6)
        var buffer = try SecretBuffer(capacity: 1 << bits / 8)
        _ = try buffer.appendUninitialized(capacity: 1 << bits / 8) { memory in
            let words = memory.bindMemory(to: UInt64.self)
            insertAll { gram in
                let hash = Lent.hash(gram)
                words[Int(truncatingIfNeeded: hash >> shift)] |= GramTables.mask(GramTables.maskNumber(hash))
            }
            return memory.count
        }
        pages = buffer.finish()
        wordShift = shift
    }

    /// Lends the filter.
    func withBits<Result>(_ body: (Lent) -> Result) -> Result {
        // Secret pages always have an address.
        pages.withExposedBytes { bytes in
            let words = bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self)
            return body(Lent(words: words, wordShift: wordShift))
        }
    }

    /// A filter, lent for the time of one call.
    struct Lent {
        fileprivate let words: UnsafePointer<UInt64>
        fileprivate let wordShift: UInt64

        /// Whether this may be one of the grams.
        @inline(__always)
        func mayContain(_ gram: some FixedWidthInteger) -> Bool {
            let hash = Self.hash(UInt64(truncatingIfNeeded: gram))
            let word = words[Int(truncatingIfNeeded: hash &>> wordShift)]
            return GramTables.mask(GramTables.maskNumber(hash)) & ~word == 0
        }

        @inline(__always)
        fileprivate static func hash(_ gram: UInt64) -> UInt64 {
            // One product would leave too little of a gram's upper bytes in the bits that the mask is chosen by.
            let product = gram &* GramTables.multiplier(8)
            return (product ^ product &>> 32) &* GramTables.multiplier(8)
        }
    }
}
