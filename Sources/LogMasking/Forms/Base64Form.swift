import Secrets

/// Base64 (RFC 4648, sections 4 and 5) of any text around the value.
///
/// The value may start at any of the three places of a group. Only the characters whose six bits all come from the
/// value are searched for, so it does not matter what stands before and after; of the value's first and last byte up
/// to four bits each can remain in sight. Where the text ends with the value, the last character and its padding are
/// known as well and go with it.
struct Base64Form: MaskForm {
    static let standard = Base64Form(name: "base64", last: (UInt8(ascii: "+"), UInt8(ascii: "/")))
    static let urlSafe = Base64Form(name: "base64url", last: (UInt8(ascii: "-"), UInt8(ascii: "_")))

    let name: String
    let interruption = Interruption.afterHead
    /// The characters for 62 and 63.
    let last: (UInt8, UInt8)

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for offset in 0..<3 {
            let padding = (3 - (offset + value.count) % 3) % 3
            try append(value, at: offset, to: &patterns)
            patterns.endDerived()
            guard padding > 0 else { continue }
            for equalsSigns in [0, padding] {
                try append(value, at: offset, to: &patterns)
                try append(sextet: (offset + value.count) * 8 / 6, of: value, at: offset, to: &patterns)
                for _ in 0..<equalsSigns { try patterns.append(UInt8(ascii: "=")) }
                patterns.endDerived()
            }
        }
    }

    /// Adds the characters that depend on the value alone, when `offset` bytes of a group stand before it.
    private func append(
        _ value: UnsafeRawBufferPointer,
        at offset: Int,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        for number in (offset * 8 + 5) / 6..<(offset + value.count) * 8 / 6 {
            try append(sextet: number, of: value, at: offset, to: &patterns)
        }
    }

    /// Adds the character for six bits of the text; bits after the value are zero, as at a text's end.
    private func append(
        sextet number: Int,
        of value: UnsafeRawBufferPointer,
        at offset: Int,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        let (byte, bit) = (number * 6 - offset * 8).quotientAndRemainder(dividingBy: 8)
        let next = byte + 1 < value.count ? value[byte + 1] : 0
        let window = UInt16(value[byte]) << 8 | UInt16(next)
        try patterns.append(character(UInt8(truncatingIfNeeded: window >> UInt16(10 - bit)) & 63))
    }

    private func character(_ sextet: UInt8) -> UInt8 {
        switch sextet {
        case 0..<26: UInt8(ascii: "A") + sextet
        case 26..<52: UInt8(ascii: "a") + sextet - 26
        case 52..<62: UInt8(ascii: "0") + sextet - 52
        case 62: last.0
        default: last.1
        }
    }
}
