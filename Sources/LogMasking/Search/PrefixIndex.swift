import Secrets

/// Answers whether the end of a text may be the beginning of a pattern: a bitmap of the patterns' first four bytes.
struct PrefixIndex: Sendable {
    private let pages: SecretBytes
    private let shift: UInt32
    private let longest: Int

    /// Indexes the patterns, of which those under four bytes are left to the comparison.
    init(_ texts: PatternTexts, longest: Int) throws(SecretMemoryError) {
        let bits = min(max(Int.bitWidth - texts.count.leadingZeroBitCount + 4, 12), 22)
        let shift = UInt32(32 - bits)
        var buffer = try SecretBuffer(capacity: 1 << bits / 8)
        _ = try buffer.appendUninitialized(capacity: 1 << bits / 8) { memory in
            for pattern in 0..<texts.count where texts.length(pattern) >= 4 {
                let bit = GramTables.hash(ofFour: texts.start(pattern).loadUnaligned(as: UInt32.self)) >> shift
                memory[Int(bit >> 3)] |= 1 << UInt8(bit & 7)
            }
            return memory.count
        }
        pages = buffer.finish()
        self.shift = shift
        self.longest = longest
    }

    /// How many bytes at the end of `bytes` may become a pattern: the longest end that is a pattern's proper prefix.
    func heldCount(_ bytes: UnsafeRawBufferPointer, _ texts: PatternTexts) -> Int {
        guard let base = bytes.baseAddress, longest > 0 else { return 0 }
        let place = pages.withExposedBytes { bits in
            (max(bytes.count - longest + 1, 0)..<bytes.count).first { place in
                guard bytes.count - place < 4 || mayBegin(base + place, bits) else { return false }
                return texts.hasProperPrefix(UnsafeRawBufferPointer(rebasing: bytes[place...]))
            }
        }
        return place.map { bytes.count - $0 } ?? 0
    }

    private func mayBegin(_ place: UnsafeRawPointer, _ bits: UnsafeRawBufferPointer) -> Bool {
        let bit = GramTables.hash(ofFour: place.loadUnaligned(as: UInt32.self)) >> shift
        return bits[Int(bit >> 3)] >> UInt8(bit & 7) & 1 == 1
    }
}
