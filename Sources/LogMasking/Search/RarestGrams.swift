import Secrets

/// What the search for whole patterns looks for: of each pattern one window, and of that every gram.
struct RarestGrams: Sendable {
    /// The longest window: what fits into a register.
    private static let longestWindow = 8
    /// From how many patterns on grams have five bytes instead of four.
    ///
    /// More places are looked at then, and where there are many patterns it is faster all the same: a text of digits or
    /// letters alone holds many grams of four bytes that some pattern has too.
    private static let leastForWideGrams = 8192

    /// The bytes of each pattern's window; the least that a pattern has.
    let width: Int
    /// The bytes of each gram.
    let gramWidth: Int
    /// How far apart the places are that have to be looked at: a window of `width` bytes contains one of them.
    let stride: Int
    let index: GramIndex

    /// Indexes patterns of which none is shorter than `shortest`, which is at least 4.
    init(_ texts: PatternTexts, shortest: Int) throws(SecretMemoryError) {
        width = min(shortest, Self.longestWindow)
        gramWidth = width == Self.longestWindow && texts.count >= Self.leastForWideGrams ? 5 : 4
        stride = width - gramWidth + 1
        let windows = try Self.windows(of: texts, width)
        let grams = WindowGrams(texts, windows: windows, width: width, stride: stride)
        index = try GramIndex(grams, count: texts.count * stride, gramWidth: gramWidth)
    }

    /// Where each pattern's window starts.
    private static func windows(of texts: PatternTexts, _ width: Int) throws(SecretMemoryError) -> [UInt32] {
        let total = (0..<texts.count).reduce(0) { $0 + WindowChoice.placeCount(texts.length($1)) }
        let slots = 1 << min(max(Int.bitWidth - total.leadingZeroBitCount, 10), 20)
        var counts = try SecretBuffer(capacity: slots)
        _ = try counts.appendUninitialized(capacity: slots) { $0.count }
        return counts.withExposedMutableBytes { memory in
            guard let base = memory.baseAddress else { return [] }
            let choice = WindowChoice(texts, gramCount: width - 3, in: memory, at: base)
            return (0..<texts.count).map { UInt32(truncatingIfNeeded: choice.place(in: texts.text($0))) }
        }
    }
}
