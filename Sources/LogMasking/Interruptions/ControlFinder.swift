internal import CByteBlocks

/// Finds control characters, and spaces where they matter, one after the other, 64 bytes at a time.
struct ControlFinder {
    /// The first byte that is not looked for.
    private let bound: UInt8
    private let bytes: UnsafeRawBufferPointer
    /// Behind the last byte that was looked at.
    private var place = 0
    /// Which of the 64 bytes before `place` are still to be told.
    private var found: UInt64 = 0

    init(_ bytes: UnsafeRawBufferPointer, includesSpaces: Bool) {
        self.bytes = bytes
        bound = includesSpaces ? 0x21 : 0x20
    }

    /// The next place.
    @inline(__always)
    mutating func next() -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        while found == 0 {
            guard place + 64 <= bytes.count else { return nextSingle(base) }
            found = inject_smaller_of_64(base + place, bound)
            place += 64
        }
        defer { found &= found &- 1 }
        return place - 64 + found.trailingZeroBitCount
    }

    /// Fewer than 64 bytes are left.
    private mutating func nextSingle(_ base: UnsafeRawPointer) -> Int? {
        while place < bytes.count {
            place += 1
            if base.load(fromByteOffset: place - 1, as: UInt8.self) < bound { return place - 1 }
        }
        return nil
    }
}
