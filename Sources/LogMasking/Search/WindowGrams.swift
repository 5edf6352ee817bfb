/// The grams of each pattern's window, one after the other.
struct WindowGrams: Sequence, IteratorProtocol {
    private let texts: PatternTexts
    private let windows: [UInt32]
    private let width: Int
    private let stride: Int
    private var pattern = -1
    private var key: UInt64 = 0
    /// The next gram of the window, from the window's start.
    private var gram: Int

    /// Makes the first `stride` grams of windows of `width` bytes, at most eight.
    init(_ texts: PatternTexts, windows: [UInt32], width: Int, stride: Int) {
        (self.texts, self.windows, self.width, self.stride) = (texts, windows, width, stride)
        gram = stride
    }

    mutating func next() -> GramEntry? {
        if gram == stride {
            pattern += 1
            guard pattern < windows.count else { return nil }
            key = Self.key(texts.start(pattern) + Int(windows[pattern]), width)
            gram = 0
        }
        defer { gram += 1 }
        return GramEntry(key: key, pattern: pattern, place: Int(windows[pattern]) + gram, placeInKey: gram)
    }

    /// The bytes of a window, the first in the lowest bits.
    private static func key(_ start: UnsafeRawPointer, _ width: Int) -> UInt64 {
        guard width < 8 else { return start.loadUnaligned(as: UInt64.self) }
        return UnsafeRawBufferPointer(start: start, count: width).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
