import Secrets

/// The bytes as a list of numbers: `[112, 64, 115]` of Python and JSON, `[112 64 115]` of Go, `0x70, 0x40` of `xxd -i` and
/// Go's `%#v`.
///
/// A list that is broken over lines is not found: patterns with white space that can be other white space would have
/// every space of every log looked up.
struct ByteListForm: MaskForm {
    let name = "byte-list"

    /// What has one hexadecimal digit.
    private static let short = ByteSet(
        "\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{9}\u{A}\u{B}\u{C}\u{D}\u{E}\u{F}"
    )

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for separator in [", ", ",", " "] as [StaticString] {
            try write(value, separator, to: &patterns) { byte, patterns throws(SecretMemoryError) in
                for divisor in [100, 10, 1] as [UInt8] where byte >= divisor || divisor == 1 {
                    try patterns.append(UInt8(ascii: "0") + byte / divisor % 10)
                }
            }
        }
        for pads in patterns.present.meets(Self.short) ? [true, false] : [true] {
            try write(value, ", ", to: &patterns) { byte, patterns throws(SecretMemoryError) in
                try patterns.append("0x")
                try patterns.append(UInt32(byte), digits: pads || byte > 0xF ? 2 : 1, bits: 4, upperCase: false)
            }
        }
    }

    private func write(
        _ value: UnsafeRawBufferPointer,
        _ separator: StaticString,
        to patterns: inout PatternWriter,
        _ number: (UInt8, inout PatternWriter) throws(SecretMemoryError) -> Void
    ) throws(SecretMemoryError) {
        for (place, byte) in value.enumerated() {
            if place > 0 { try patterns.append(separator) }
            try number(byte, &patterns)
        }
        patterns.endDerived()
    }
}
