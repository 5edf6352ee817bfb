import Glibc

/// The patterns in the order of their bytes, lent for the time of one call.
struct PatternTexts {
    let base: UnsafeRawPointer
    /// Where each pattern starts, and where the last one ends.
    let starts: UnsafeBufferPointer<Int>
    /// The length of the longest.
    let longest: Int

    /// How many patterns there are.
    var count: Int { starts.count - 1 }

    /// A pattern's first byte.
    @inline(__always)
    func start(_ pattern: Int) -> UnsafeRawPointer { base + starts[pattern] }

    /// A pattern's length.
    @inline(__always)
    func length(_ pattern: Int) -> Int { starts[pattern + 1] - starts[pattern] }

    /// A pattern's bytes.
    func text(_ pattern: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start(pattern), count: length(pattern))
    }

    /// Four or eight bytes of a pattern, the first in the lowest bits.
    @inline(__always)
    func gram<Bytes: FixedWidthInteger & BitwiseCopyable>(_: Bytes.Type, of pattern: Int, at place: Int) -> UInt64 {
        UInt64(truncatingIfNeeded: (start(pattern) + place).loadUnaligned(as: Bytes.self))
    }

    /// Those of some patterns, which are in the order of their bytes, that begin with `head`.
    func those(of patterns: [Int], beginningWith head: UnsafeRawBufferPointer) -> ArraySlice<Int> {
        guard let text = head.baseAddress else { return [] }
        func order(_ pattern: Int) -> Int32 {
            let order = memcmp(start(pattern), text, min(length(pattern), head.count))
            return order == 0 && length(pattern) < head.count ? -1 : order
        }
        let first = Self.partition(patterns.indices) { order(patterns[$0]) < 0 }
        return patterns[first..<Self.partition(first..<patterns.count) { order(patterns[$0]) == 0 }]
    }

    /// The first of some places for which `isBefore` is false, or their end; it must be true for those before it.
    private static func partition(_ places: Range<Int>, _ isBefore: (Int) -> Bool) -> Int {
        var (low, high) = (places.lowerBound, places.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether some pattern begins with `bytes` and goes on behind them.
    func hasProperPrefix(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let text = bytes.baseAddress else { return false }
        // The first pattern that is greater than the bytes: all that begin with them come before any other.
        let low = Self.partition(0..<count) { pattern in
            let order = memcmp(start(pattern), text, min(length(pattern), bytes.count))
            return order < 0 || (order == 0 && length(pattern) <= bytes.count)
        }
        return low < count && length(low) > bytes.count && memcmp(start(low), text, bytes.count) == 0
    }
}
