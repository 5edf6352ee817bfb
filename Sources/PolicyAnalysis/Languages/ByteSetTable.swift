/// The different sets of bytes that the edges of an automaton take, each with a number.
struct ByteSetTable {
    /// The sets, in the order of their numbers.
    private(set) var sets: [ByteSet] = []
    private var numbers: [ByteSet: Int] = [:]
    // Nearly all sets are of one byte: those are found without a hash.
    private var singles = [Int?](repeating: nil, count: 256)

    /// The number of the set of one byte.
    mutating func number(of byte: UInt8) -> Int {
        if let known = singles[Int(byte)] { return known }
        let number = number(of: ByteSet([byte]))
        singles[Int(byte)] = number
        return number
    }

    /// The number of a set.
    mutating func number(of set: ByteSet) -> Int {
        if let known = numbers[set] { return known }
        numbers[set] = sets.count
        sets.append(set)
        return sets.count - 1
    }
}
