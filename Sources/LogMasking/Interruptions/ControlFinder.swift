/// Finds control characters, and spaces where they matter, one after the other, eight bytes at a time.
struct ControlFinder {
    /// The first byte that is not looked for, eight times.
    private let bounds: UInt64
    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(_ bytes: UnsafeRawBufferPointer, includesSpaces: Bool) {
        self.bytes = bytes
        bounds = UInt64(includesSpaces ? 0x21 : 0x20) &* 0x0101_0101_0101_0101
    }

    /// The next place.
    @inline(__always)
    mutating func next() -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        while place + 8 <= bytes.count {
            let found = found(base + place)
            if found != 0 {
                place += found.trailingZeroBitCount / 8 + 1
                return place - 1
            }
            place += 8
        }
        while place < bytes.count {
            place += 1
            if (base + (place - 1)).load(as: UInt8.self) < UInt8(truncatingIfNeeded: bounds) { return place - 1 }
        }
        return nil
    }

    /// Sets the top bit of the lowest byte under the bound ("Bit Twiddling Hacks", hasless), and perhaps of others above.
    @inline(__always)
    private func found(_ place: UnsafeRawPointer) -> UInt64 {
        let word = UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
        return (word &- bounds) & ~word & 0x8080_8080_8080_8080
    }
}
