/// A set of atoms of one variable.
struct AtomSet: Hashable, Sendable {
    private var words: [UInt64]

    /// The empty set of so many possible atoms.
    init(capacity: Int) { words = [UInt64](repeating: 0, count: (capacity + 63) / 64) }

    /// The empty set of as many possible atoms as another has.
    init(emptyLike other: AtomSet) { words = [UInt64](repeating: 0, count: other.words.count) }

    /// All of so many atoms.
    init(all capacity: Int) {
        words = [UInt64](repeating: .max, count: (capacity + 63) / 64)
        if capacity % 64 != 0 { words[words.count - 1] = 1 << UInt64(capacity % 64) - 1 }
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// The first atom, which is the one with the shortest witness.
    var first: Int? {
        words.indices.first { words[$0] != 0 }.map { $0 * 64 + words[$0].trailingZeroBitCount }
    }

    /// The atoms, the ones with short witnesses first.
    var elements: [Int] {
        var elements: [Int] = []
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                elements.append(index * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return elements
    }

    /// How many atoms there are.
    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    mutating func insert(_ atom: Int) { words[atom >> 6] |= 1 << UInt64(atom & 63) }

    func contains(_ atom: Int) -> Bool { words[atom >> 6] >> UInt64(atom & 63) & 1 == 1 }

    func isSubset(of other: AtomSet) -> Bool { words.indices.allSatisfy { words[$0] & ~other.words[$0] == 0 } }

    func isDisjoint(with other: AtomSet) -> Bool { words.indices.allSatisfy { words[$0] & other.words[$0] == 0 } }

    func intersection(_ other: AtomSet) -> AtomSet {
        var result = self
        for index in words.indices { result.words[index] &= other.words[index] }
        return result
    }

    func union(_ other: AtomSet) -> AtomSet {
        var result = self
        for index in words.indices { result.words[index] |= other.words[index] }
        return result
    }

    func subtracting(_ other: AtomSet) -> AtomSet {
        var result = self
        for index in words.indices { result.words[index] &= ~other.words[index] }
        return result
    }
}
