/// A `GramIndex`, lent for the time of one call.
struct GramTables {
    let bits: UnsafePointer<UInt64>
    let starts: UnsafePointer<UInt32>
    let entries: UnsafePointer<GramEntry>
    /// How far a hash is shifted to give a bit's number, and a bucket's.
    let bitShift: UInt32
    let bucketShift: UInt32

    /// Multiplicative hashing (Knuth, "The Art of Computer Programming", section 6.4); its upper bits are the good ones.
    @inline(__always)
    static func hash(_ gram: UInt32) -> UInt32 { gram &* 0x9E37_79B1 }

    /// Whether a gram with this hash may be in the index.
    @inline(__always)
    func mayContain(_ hash: UInt32) -> Bool {
        let bit = hash &>> bitShift
        return bits[Int(bit &>> 6)] &>> UInt64(bit & 63) & 1 == 1
    }

    /// The entries whose gram may have this hash.
    @inline(__always)
    func candidates(_ hash: UInt32) -> UnsafeBufferPointer<GramEntry> {
        let bucket = Int(hash &>> bucketShift)
        let first = Int(starts[bucket])
        return UnsafeBufferPointer(start: entries + first, count: Int(starts[bucket + 1]) - first)
    }
}
