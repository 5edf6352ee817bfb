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
        case 0x1B: UInt8(ascii: "e")
        default: ControlLetter.of(byte) ?? byte
        }
    }
}
