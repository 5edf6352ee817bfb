/// The bytes in the order in which a witness prefers them: small letters, digits, what else is visible, the rest.
enum PlainOrder {
    /// Every byte, at its rank.
    static let bytes: [UInt8] = {
        let plain = Array(UInt8(ascii: "a")...UInt8(ascii: "z")) + Array(UInt8(ascii: "1")...UInt8(ascii: "9"))
        let rest = (Array(UInt8(0x21)...0x7E) + Array(UInt8(0x7F)...0xFF) + Array(UInt8(0)...0x20))
        return plain + rest.filter { !plain.contains($0) }
    }()

    /// The ranks of a set's bytes, as a set of numbers.
    static func ranks(of set: ByteSet) -> ByteSet {
        ByteSet((UInt8.min...UInt8.max).lazy.filter { set.contains(bytes[Int($0)]) })
    }
}
