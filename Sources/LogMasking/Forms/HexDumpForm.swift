import Secrets

/// Two hexadecimal digits a byte in groups: `xxd`, `od -t x1`, and fingerprints with colons.
///
/// A value that such a dump breaks over two lines, with addresses and text between, is not found, nor one that stands on
/// both sides of the two spaces in the middle of a line of `hexdump -C`.
struct HexDumpForm: MaskForm {
    let name = "hex-dump"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for upperCase in [false, true] {
            for separator in [UInt8(ascii: " "), UInt8(ascii: ":")] {
                try write(value, groups: 1, offset: 0, separator, upperCase, to: &patterns)
            }
            // xxd puts two bytes into a group, and the value may start at either.
            for offset in 0..<2 {
                try write(value, groups: 2, offset: offset, UInt8(ascii: " "), upperCase, to: &patterns)
            }
        }
    }

    private func write(
        _ value: UnsafeRawBufferPointer,
        groups: Int,
        offset: Int,
        _ separator: UInt8,
        _ upperCase: Bool,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        for (place, byte) in value.enumerated() {
            if place > 0, (place + offset) % groups == 0 { try patterns.append(separator) }
            try patterns.append(UInt32(byte), digits: 2, bits: 4, upperCase: upperCase)
        }
        patterns.endDerived()
    }
}
