/// A set of bytes.
struct ByteSet: Hashable, Sendable {
    private var words = SIMD4<UInt64>(repeating: 0)

    init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    }

    /// Every byte that a claim can hold; the rest are the markers of `ClaimWord`, which no UTF-8 text holds either.
    static let text = ByteSet(0...0xF7)
    static let all = ByteSet(UInt8.min...UInt8.max)
    /// Visible ASCII and the space.
    static let printable = ByteSet(0x20...0x7E)
    static let digits = ByteSet(0x30...0x39)
    static let lowercase = ByteSet(0x61...0x7A)
    static let letters = lowercase.union(ByteSet(0x41...0x5A))

    var isEmpty: Bool { words == .zero }

    /// The smallest member.
    var first: UInt8? {
        for number in 0..<4 where words[number] != 0 { return UInt8(64 * number + words[number].trailingZeroBitCount) }
        return nil
    }

    func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

    func union(_ other: ByteSet) -> ByteSet {
        var union = self
        union.words |= other.words
        return union
    }

    func intersection(_ other: ByteSet) -> ByteSet {
        var common = self
        common.words &= other.words
        return common
    }

    func subtracting(_ other: ByteSet) -> ByteSet {
        var rest = self
        rest.words &= ~other.words
        return rest
    }
}
