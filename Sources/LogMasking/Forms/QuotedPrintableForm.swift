import Secrets

/// Quoted-printable (RFC 2045, section 6.7), as in mail: `a=é` is `a=3D=C3=A9`.
///
/// A value that a soft line break stands in is not found.
struct QuotedPrintableForm: MaskForm {
    let name = "quoted-printable"

    private static let changed = ByteSet("=").union(.controls).union(.delete).union(.wide)

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard patterns.present.meets(Self.changed) else { return }
        for byte in value {
            if byte != UInt8(ascii: "="), (0x20..<0x7F).contains(byte) || byte == 0x09 || byte == 0x0A {
                try patterns.append(byte)
            } else {
                try patterns.append(UInt8(ascii: "="))
                try patterns.append(UInt32(byte), digits: 2, bits: 4, upperCase: true)
            }
        }
        patterns.endDerived()
    }
}
