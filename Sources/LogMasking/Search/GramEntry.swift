/// One place where a gram, a few bytes of a pattern, stands.
struct GramEntry {
    /// Up to eight bytes of the pattern, the first in the lowest bits; the gram is among them.
    let key: UInt64
    /// The number of the pattern.
    let pattern: UInt32
    /// Where the gram starts in the pattern (upper 29 bits) and in `key` (lower three).
    private let places: UInt32

    init(key: UInt64, pattern: Int, place: Int, placeInKey: Int) {
        self.key = key
        self.pattern = UInt32(truncatingIfNeeded: pattern)
        places = UInt32(truncatingIfNeeded: place << 3 | placeInKey)
    }

    /// Where the gram starts in the pattern.
    var place: Int { Int(places >> 3) }

    /// Where the gram starts in `key`.
    var placeInKey: Int { Int(places & 7) }

    /// The gram, its first byte in the lowest bits, and what `key` has behind it.
    var bytes: UInt64 { key >> UInt64(8 * placeInKey) }
}
