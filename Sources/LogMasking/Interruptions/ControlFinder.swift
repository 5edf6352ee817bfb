/// Finds control characters, and white space where it matters, eight bytes at a time.
struct ControlFinder {
    /// The first character that is not looked for, in every byte.
    private let bounds: UInt64

    init(includesSpaces: Bool) {
        bounds = UInt64(includesSpaces ? 0x21 : 0x20) &* 0x0101_0101_0101_0101
    }

    /// The first place from `start` on.
    @inline(__always)
    func next(_ base: UnsafeRawPointer, from start: Int, to end: Int) -> Int? {
        var place = start
        while place + 8 <= end {
            let word = UInt64(littleEndian: (base + place).loadUnaligned(as: UInt64.self))
            // Sets the top bit of the lowest byte under the bound ("Bit Twiddling Hacks", hasless).
            let found = (word &- bounds) & ~word & 0x8080_8080_8080_8080
            if found != 0 { return place + found.trailingZeroBitCount / 8 }
            place += 8
        }
        let bound = UInt8(truncatingIfNeeded: bounds)
        while place < end {
            if (base + place).load(as: UInt8.self) < bound { return place }
            place += 1
        }
        return nil
    }
}
