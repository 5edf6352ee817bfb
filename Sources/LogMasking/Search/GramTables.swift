/// A `GramIndex`, lent for the time of one call.
struct GramTables {
    let words: UnsafePointer<UInt64>
    let masks: UnsafePointer<UInt64>
    let starts: UnsafePointer<UInt32>
    let entries: UnsafePointer<GramEntry>
    /// What a gram's hash is made with: it decides how many bytes a gram has.
    let multiplier: UInt64
    /// Whether two bits stand for a gram.
    let isDense: Bool
    /// How far a hash is shifted to give a word's number, and a bucket's.
    let wordShift: UInt64
    let bucketShift: UInt64

    /// A hash of four bytes for tables of another kind.
    @inline(__always)
    static func hash(ofFour bytes: UInt32) -> UInt32 { bytes &* 0x9E37_79B1 }

    /// The multiplier for grams of so many bytes, one to eight: it shifts those behind them out of the product.
    static func multiplier(_ gramWidth: Int) -> UInt64 { 0x9E37_79B9_7F4A_7C15 << UInt64(64 - 8 * gramWidth) }

    /// Multiplicative hashing (Knuth, "The Art of Computer Programming", section 6.4); its upper bits are the good ones.
    ///
    /// The first of `bytes` is in the lowest bits, and what stands behind the gram makes no difference.
    @inline(__always)
    func hash(_ bytes: UInt64) -> UInt64 { bytes &* multiplier }

    /// Which bits of a word stand for a hash: ten of its bits that say nothing of the word say which, the last six of
    /// them the first.
    @inline(__always)
    static func maskNumber(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash &>> 35 & 1023) }

    /// Two bits of a word, for one of 1,024 numbers.
    @inline(__always)
    static func mask(_ number: Int) -> UInt64 {
        let first = UInt64(truncatingIfNeeded: number)
        return 1 &<< first | 1 &<< (first &+ 1 &+ first &>> 6 &* 4)
    }

    /// Whether a gram with this hash may be in the index.
    @inline(__always)
    func mayContain(_ hash: UInt64) -> Bool { isDense ? mayContainDense(hash) : mayContainSparse(hash) }

    /// The same where two bits stand for a gram.
    @inline(__always)
    func mayContainDense(_ hash: UInt64) -> Bool { masks[Self.maskNumber(hash)] & ~word(hash) == 0 }

    /// The same where one bit does.
    @inline(__always)
    func mayContainSparse(_ hash: UInt64) -> Bool { word(hash) &>> UInt64(Self.maskNumber(hash) & 63) & 1 == 1 }

    @inline(__always)
    private func word(_ hash: UInt64) -> UInt64 { words[Int(truncatingIfNeeded: hash &>> wordShift)] }

    /// The entries whose gram may have this hash.
    @inline(__always)
    func candidates(_ hash: UInt64) -> UnsafeBufferPointer<GramEntry> {
        let bucket = Int(truncatingIfNeeded: hash &>> bucketShift)
        let first = Int(starts[bucket])
        return UnsafeBufferPointer(start: entries + first, count: Int(starts[bucket + 1]) - first)
    }
}
