/// Counts the lines of the output, eight bytes at a time: this runs over every byte that is shown.
struct LineCounter {
    /// The line that is being written, from 1.
    private(set) var line = 1

    /// Takes note of bytes that were written.
    mutating func advance(over bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        let words = bytes.count / 8
        // A byte of the sum grows by at most one a word, so 255 words cannot overflow it.
        for start in stride(from: 0, to: words, by: 255) {
            line += Self.lineFeeds(from: base + start * 8, words: min(255, words - start))
        }
        for byte in bytes[(words * 8)...] where byte == UInt8(ascii: "\n") { line += 1 }
    }

    private static func lineFeeds(from base: UnsafeRawPointer, words: Int) -> Int {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        var sums: UInt64 = 0
        for index in 0..<words {
            let word = base.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self) ^ 0x0A0A_0A0A_0A0A_0A0A
            // Every byte that is zero now gives 0x80 (Warren, "Hacker's Delight", section 6-1), and every other one 0.
            sums &+= ~((word & low) &+ low | word | low) &>> 7
        }
        let pairs = (sums & 0x00FF_00FF_00FF_00FF) &+ (sums &>> 8 & 0x00FF_00FF_00FF_00FF)
        return Int((pairs &* 0x0001_0001_0001_0001) &>> 48)
    }
}
