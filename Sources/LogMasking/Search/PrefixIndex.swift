import Secrets

/// Answers whether a text may be the beginning of a pattern, and almost always without a look at one.
struct PrefixIndex: Sendable {
    /// log2 of the bits of a filter of 512 KiB: it is asked for every place at the end of what has been read.
    private static let mostBits = 22

    /// The first four bytes of each pattern that has more.
    private let beginnings: GramFilter
    /// The first eight: what shares a token's first four is told apart by them.
    private let longBeginnings: GramFilter
    private let longest: Int

    /// Indexes the patterns, of which those under five bytes are left to the comparison.
    init(_ texts: PatternTexts, longest: Int) throws(SecretMemoryError) {
        beginnings = try GramFilter(count: texts.count, mostBits: Self.mostBits) { insert in
            for pattern in 0..<texts.count where texts.length(pattern) > 4 {
                insert(texts.gram(UInt32.self, of: pattern, at: 0))
            }
        }
        longBeginnings = try GramFilter(count: texts.count, mostBits: Self.mostBits) { insert in
            for pattern in 0..<texts.count where texts.length(pattern) > 8 {
                insert(texts.gram(UInt64.self, of: pattern, at: 0))
            }
        }
        self.longest = longest
    }

    /// How many bytes at the end of `bytes` may become a pattern: the longest end that is a pattern's proper prefix.
    func heldCount(_ bytes: UnsafeRawBufferPointer, _ texts: PatternTexts) -> Int {
        guard let base = bytes.baseAddress, longest > 0 else { return 0 }
        let place = withFilters { filters in
            (max(bytes.count - longest + 1, 0)..<bytes.count).first { place in
                guard filters.mayGoOn(base + place, count: bytes.count - place) else { return false }
                return texts.hasProperPrefix(UnsafeRawBufferPointer(rebasing: bytes[place...]))
            }
        }
        return place.map { bytes.count - $0 } ?? 0
    }

    /// Lends the filters.
    func withFilters<Result>(_ body: (Lent) -> Result) -> Result {
        beginnings.withBits { beginnings in
            longBeginnings.withBits { body(Lent(beginnings: beginnings, longBeginnings: $0)) }
        }
    }

    /// The index, lent for the time of one call.
    struct Lent {
        fileprivate let beginnings: GramFilter.Lent
        fileprivate let longBeginnings: GramFilter.Lent

        /// Whether some pattern may begin with the `count` bytes at `place` and go on behind them.
        @inline(__always)
        func mayGoOn(_ place: UnsafeRawPointer, count: Int) -> Bool {
            guard count >= 4 else { return true }
            guard beginnings.mayContain(place.loadUnaligned(as: UInt32.self)) else { return false }
            return count < 8 || longBeginnings.mayContain(place.loadUnaligned(as: UInt64.self))
        }
    }
}
