import Secrets

/// Sorts places by a key of eight bytes, digit by digit from the last (Knuth, "The Art of Computer Programming",
/// section 5.2.5).
///
/// The keys are bytes of secrets: they, and how often each digit occurs, lie in secret pages.
struct KeySort: ~Copyable {
    private struct Element {
        let key: UInt64
        let place: Int

        func digit(_ number: Int) -> Int { Int(truncatingIfNeeded: key >> UInt64(8 * number) & 0xFF) }
    }

    private typealias Elements = UnsafeMutableBufferPointer<Element>
    private typealias Counts = UnsafeMutableBufferPointer<Int>

    private let count: Int
    private var memory: SecretBuffer

    /// Makes room for `count` keys.
    init(count: Int) throws(SecretMemoryError) {
        let size = 2 * count * MemoryLayout<Element>.stride + 256 * MemoryLayout<Int>.stride
        var memory = try SecretBuffer(capacity: size)
        _ = try memory.appendUninitialized(capacity: size) { $0.count }
        self.memory = memory
        self.count = count
    }

    /// The places from 0 to the count, by their keys; those of equal keys as `precedes` says.
    mutating func sorted(by key: (Int) -> UInt64, orderingEqual precedes: (Int, Int) -> Bool) -> [Int] {
        let (count, size) = (count, count * MemoryLayout<Element>.stride)
        return memory.withExposedMutableBytes { memory in
            func part(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer { .init(rebasing: memory[range]) }
            var (from, to): (Elements, Elements) =
                (part(0..<size).bindMemory(to: Element.self), part(size..<2 * size).bindMemory(to: Element.self))
            let counts = part(2 * size..<memory.count).bindMemory(to: Int.self)
            for place in 0..<count { from[place] = Element(key: key(place), place: place) }
            for digit in 0..<8 where Self.distribute(from, by: digit, to, counts) { swap(&from, &to) }
            return Self.places(from, precedes)
        }
    }

    /// Sorts by one digit and keeps the order of those that share it; does nothing, and says so, where all do.
    private static func distribute(_ from: Elements, by digit: Int, _ to: Elements, _ counts: Counts) -> Bool {
        counts.update(repeating: 0)
        for element in from { counts[element.digit(digit)] += 1 }
        var start = 0
        for value in counts.indices {
            guard counts[value] < from.count else { return false }
            (counts[value], start) = (start, start + counts[value])
        }
        for element in from {
            to[counts[element.digit(digit)]] = element
            counts[element.digit(digit)] += 1
        }
        return true
    }

    private static func places(_ sorted: Elements, _ precedes: (Int, Int) -> Bool) -> [Int] {
        var places = sorted.map(\.place)
        var first = 0
        while first < sorted.count {
            let end = sorted[first...].firstIndex { $0.key != sorted[first].key } ?? sorted.count
            if end - first > 1 { places[first..<end].sort(by: precedes) }
            first = end
        }
        return places
    }
}
