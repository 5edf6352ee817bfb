import Secrets

/// Base32 (RFC 4648, section 6) of any text around the value, as `base32` prints it.
///
/// Only the characters whose five bits all come from the value are searched for.
struct Base32Form: MaskForm {
    let name = "base32"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for offset in 0..<5 {
            for number in (offset * 8 + 4) / 5..<(offset + value.count) * 8 / 5 {
                try patterns.append(Self.character(number * 5 - offset * 8, of: value))
            }
            patterns.endDerived()
        }
    }

    /// The character for the five bits from `bit` on.
    private static func character(_ bit: Int, of value: UnsafeRawBufferPointer) -> UInt8 {
        let next = bit / 8 + 1 < value.count ? value[bit / 8 + 1] : 0
        let window = UInt16(value[bit / 8]) << 8 | UInt16(next)
        let number = UInt8(truncatingIfNeeded: window >> UInt16(11 - bit % 8)) & 31
        return number < 26 ? UInt8(ascii: "A") + number : UInt8(ascii: "2") + number - 26
    }
}
