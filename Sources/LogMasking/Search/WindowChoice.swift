import Secrets

/// Chooses of each pattern the few bytes that the search looks for: the rarest.
///
/// Patterns that share a beginning, as tokens share a header, then do not all answer at once; and what logs are full
/// of, as digits, is avoided where there is something else.
struct WindowChoice {
    /// How many places at a pattern's start, and as many at its end, are looked at.
    ///
    /// Secrets of one kind share a header or the end of an address, hardly both; more places cost more than they save.
    private static let partSize = 16

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
            let (first, last) = Self.parts(texts.length(pattern))
            count(texts.start(pattern), first)
            count(texts.start(pattern), last)
        }
    }

    private func count(_ start: UnsafeRawPointer, _ places: Range<Int>) {
        for place in places {
            let slot = slot(start + place)
            if counts[slot] < .max { counts[slot] += 1 }
        }
    }

    /// Where the pattern's window starts.
    func place(in text: UnsafeRawBufferPointer) -> Int {
        guard let start = text.baseAddress else { return 0 }
        var best = (place: 0, cost: Int32.max)
        let (first, last) = Self.parts(text.count)
        weigh(start, first, &best)
        weigh(start, last, &best)
        return best.place
    }

    /// How many grams of a pattern are counted and weighed.
    static func placeCount(_ length: Int) -> Int { min(length - 3, 2 * partSize) }

    /// Where these grams start; the second part may be empty.
    private static func parts(_ length: Int) -> (first: Range<Int>, last: Range<Int>) {
        let count = length - 3
        return (0..<min(count, partSize), max(partSize, count - partSize)..<max(partSize, count))
    }

    /// Weighs every window of a part, if there is one.
    private func weigh(_ start: UnsafeRawPointer, _ places: Range<Int>, _ best: inout (place: Int, cost: Int32)) {
        guard places.count >= gramCount else { return }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.partSize) { costs in
            guard let costs = costs.baseAddress else { return }
            let first = start + places.lowerBound
            for index in 0..<places.count { costs[index] = cost(first + index) }
            var sum: Int32 = 0
            for index in 0..<places.count {
                sum &+= costs[index]
                guard index >= gramCount &- 1 else { continue }
                if sum < best.cost { best = (places.lowerBound &+ index &+ 1 &- gramCount, sum) }
                sum &-= costs[index &+ 1 &- gramCount]
            }
        }
    }

    private func cost(_ place: UnsafeRawPointer) -> Int32 {
        let count = Int32(counts[slot(place)])
        return count &* count &+ Self.commonness(place.loadUnaligned(as: UInt32.self))
    }

    private func slot(_ place: UnsafeRawPointer) -> Int {
        Int(GramTables.hash(ofFour: place.loadUnaligned(as: UInt32.self)) >> shift)
    }

    /// What a gram of digits, or of small letters alone, costs besides: a guess at what logs are full of.
    private static func commonness(_ gram: UInt32) -> Int32 {
        let high = gram & 0xF0F0_F0F0
        if high == 0x3030_3030 { return 24 }
        return high & 0xE0E0_E0E0 == 0x6060_6060 ? 12 : 0
    }
}
