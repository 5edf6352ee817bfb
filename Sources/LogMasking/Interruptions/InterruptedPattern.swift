/// Reads an occurrence of a pattern that something stands in.
struct InterruptedPattern {
    /// What came of it.
    enum Result {
        /// The occurrence ends before this place.
        case end(Int)
        /// All bytes that are there belong to it, and some are missing.
        case unfinished
        /// There is none.
        case none
    }

    /// How many bytes an occurrence of so many bytes may have: each can have a colour of 24 bits by itself.
    static func longestMatch(_ count: Int) -> Int { 32 * count + 64 }

    let pattern: UnsafeRawBufferPointer

    /// Goes on at `place`, with the pattern's byte `index`, from an occurrence that starts at `start`.
    func read(_ bytes: UnsafeRawBufferPointer, start: Int, place: Int, index: Int) -> Result {
        var (place, index) = (place, index)
        let end = min(bytes.count, start + Self.longestMatch(pattern.count))
        while index < pattern.count {
            guard skip(bytes, &place, &index) else { return .none }
            guard place < end else { return end < bytes.count ? .none : .unfinished }
            guard bytes[place] == pattern[index] else { return .none }
            place += 1
            index += 1
        }
        return .end(place)
    }

    /// Moves behind what stands between two bytes; to the end where that is not there yet.
    private func skip(_ bytes: UnsafeRawBufferPointer, _ place: inout Int, _ index: inout Int) -> Bool {
        let isGap = ValueScreen.isSpace(pattern[index])
        guard place < bytes.count, isGap || InterruptionScan.startsInterruption(bytes[place]) else { return true }
        while ValueScreen.isSpace(pattern[index]) { index += 1 }
        switch InterruptionScan.read(bytes, from: place, inGap: isGap) {
        case .end(let end, let hasSpace):
            place = end
            return hasSpace || !isGap
        case .unfinished: place = bytes.count
        case .tooLong: return false
        }
        return true
    }
}
