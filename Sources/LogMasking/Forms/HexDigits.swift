/// Hexadecimal digits in one case.
struct HexDigits {
    private let digits: [UInt8]

    static let lower = HexDigits(digits: Array("0123456789abcdef".utf8))
    static let upper = HexDigits(digits: Array("0123456789ABCDEF".utf8))
    static let both = [lower, upper]

    func pair(_ byte: UInt8) -> [UInt8] { [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }

    /// Four digits, as in `\u0026`.
    func four(_ unit: UInt16) -> [UInt8] { pair(UInt8(unit >> 8)) + pair(UInt8(unit & 0xFF)) }
}
