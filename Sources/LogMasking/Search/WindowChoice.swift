import Secrets

/// Chooses of each pattern the few bytes that the search looks for: the rarest.
///
/// Patterns that share a beginning, as tokens share a header, then do not all answer at once; and what logs are full
/// of, as digits, is avoided where there is something else.
struct WindowChoice {
    /// How many places of a pattern are looked at; forms of many bytes for each of the value's say little more behind.
    private static let mostPlaces = 96

    private let counts: UnsafeMutablePointer<UInt8>
    private let shift: UInt32
    /// How many grams a window has.
    private let gramCount: Int

    /// Counts the grams of all patterns in `memory`, which is zeroed and has a power of two of bytes.
    init(
        _ texts: PatternTexts, gramCount: Int, in memory: UnsafeMutableRawBufferPointer,
        at base: UnsafeMutableRawPointer
    ) {
        counts = base.bindMemory(to: UInt8.self, capacity: memory.count)
        shift = UInt32(32 - memory.count.trailingZeroBitCount)
        self.gramCount = gramCount
        for pattern in 0..<texts.count {
            let start = texts.start(pattern)
            for place in 0..<Self.placeCount(texts.length(pattern)) {
                let slot = slot(start + place)
                if counts[slot] < .max { counts[slot] += 1 }
            }
        }
    }

    /// Where the pattern's window starts.
    func place(in text: UnsafeRawBufferPointer) -> Int {
        guard let start = text.baseAddress else { return 0 }
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.placeCount(text.count)) { costs in
            for place in 0..<costs.count { costs[place] = cost(start + place) }
            var sum = costs[..<gramCount].reduce(0, +)
            var (best, lowest) = (0, sum)
            for place in 0..<costs.count - gramCount {
                sum += costs[place + gramCount] - costs[place]
                if sum < lowest { (best, lowest) = (place + 1, sum) }
            }
            return best
        }
    }

    /// How many grams of a pattern are counted and weighed.
    static func placeCount(_ length: Int) -> Int { min(length - 3, mostPlaces) }

    private func cost(_ place: UnsafeRawPointer) -> Int32 {
        let count = Int32(counts[slot(place)])
        return count * count + Self.commonness(place.loadUnaligned(as: UInt32.self))
    }

    private func slot(_ place: UnsafeRawPointer) -> Int {
        Int(GramTables.hash(place.loadUnaligned(as: UInt32.self)) >> shift)
    }

    /// What a gram of digits, or of small letters alone, costs besides: a guess at what logs are full of.
    private static func commonness(_ gram: UInt32) -> Int32 {
        let high = gram & 0xF0F0_F0F0
        if high == 0x3030_3030 { return 24 }
        return high & 0xE0E0_E0E0 == 0x6060_6060 ? 12 : 0
    }
}
