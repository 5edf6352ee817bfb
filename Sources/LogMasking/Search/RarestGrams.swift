import Secrets

/// What the search for whole patterns looks for: of each pattern one window, and of that every gram.
struct RarestGrams: Sendable {
    /// The longest window: what fits into a register.
    private static let longestWindow = 8

    /// The bytes of each pattern's window; the least that a pattern has.
    let width: Int
    /// How far apart the places are that have to be looked at: a window of `width` bytes contains one of them.
    let stride: Int
    let index: GramIndex

    /// Indexes patterns of which none is shorter than `shortest`, which is at least 4.
    init(_ texts: PatternTexts, shortest: Int) throws(SecretMemoryError) {
        width = min(shortest, Self.longestWindow)
        stride = width - 3
        let total = texts.ranges.reduce(0) { $0 + WindowChoice.placeCount($1.count) }
        let slots = 1 << min(max(Int.bitWidth - total.leadingZeroBitCount, 10), 20)
        var counts = try SecretBuffer(capacity: slots)
        _ = try counts.appendUninitialized(capacity: slots) { $0.count }
        var entries = try SecretBuffer(capacity: texts.count * stride * MemoryLayout<GramEntry>.stride)
        let size = texts.count * stride * MemoryLayout<GramEntry>.stride
        let (width, stride) = (width, stride)
        _ = try entries.appendUninitialized(capacity: size) { room in
            counts.withExposedMutableBytes { memory in
                guard let base = memory.baseAddress, let target = room.baseAddress else { return 0 }
                let choice = WindowChoice(texts, gramCount: stride, in: memory, at: base)
                let entries = target.bindMemory(to: GramEntry.self, capacity: texts.count * stride)
                for pattern in 0..<texts.count {
                    let text = texts.text(pattern)
                    let window = choice.place(in: text)
                    let key = Self.key(text, at: window, width)
                    for gram in 0..<stride {
                        entries[pattern * stride + gram] = GramEntry(
                            key: key, pattern: pattern, place: window + gram, placeInKey: gram
                        )
                    }
                }
                return size
            }
        }
        index = try GramIndex(entries)
    }

    /// The bytes of a window, the first in the lowest bits.
    static func key(_ text: UnsafeRawBufferPointer, at place: Int, _ width: Int) -> UInt64 {
        var key: UInt64 = 0
        for byte in text[place..<place + width].reversed() { key = key << 8 | UInt64(byte) }
        return key
    }
}
