/// Finds control characters and spaces one after the other, eight bytes at a time.
struct SpaceFinder {
    /// The first byte that is not looked for.
    private static let bound: UInt8 = 0x21
    private static let bounds = UInt64(bound) &* 0x0101_0101_0101_0101

    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The next place.
    @inline(__always)
    mutating func next() -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        while place + 8 <= bytes.count {
            let word = UInt64(littleEndian: (base + place).loadUnaligned(as: UInt64.self))
            // Sets the top bit of the lowest byte under the bound ("Bit Twiddling Hacks", hasless).
            let found = (word &- Self.bounds) & ~word & 0x8080_8080_8080_8080
            if found != 0 {
                place += found.trailingZeroBitCount / 8 + 1
                return place - 1
            }
            place += 8
        }
        while place < bytes.count {
            place += 1
            if (base + (place - 1)).load(as: UInt8.self) < Self.bound { return place - 1 }
        }
        return nil
    }
}
