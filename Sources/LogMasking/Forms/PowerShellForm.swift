import Secrets

/// The inside of PowerShell's double quotes: `a$b"c` is ``a`$b`"c``.
///
/// The inside of its single quotes is that of `DoubledQuotesForm`.
struct PowerShellForm: MaskForm {
    let name = "powershell"

    private static let changed = ByteSet("`$\"").union(.controls)

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard patterns.present.meets(Self.changed) else { return }
        for set in [ByteSet("`$\""), ByteSet("`$")] {
            for byte in value {
                let letter = Self.letter(byte)
                if letter != byte || set.contains(byte) { try patterns.append(UInt8(ascii: "`")) }
                try patterns.append(letter)
            }
            patterns.endDerived()
        }
    }

    /// What stands behind the backtick of a control character; other characters stay.
    private static func letter(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x00: UInt8(ascii: "0")
        case 0x07: UInt8(ascii: "a")
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0B: UInt8(ascii: "v")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        case 0x1B: UInt8(ascii: "e")
        default: byte
        }
    }
}
