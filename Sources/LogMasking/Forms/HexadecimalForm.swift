import Secrets

/// Two hexadecimal digits a byte, all lower or all upper case.
struct HexadecimalForm: MaskForm {
    let name = "hex"
    let interruption = Interruption.afterHead

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for upperCase in [false, true] {
            for byte in value { try patterns.append(UInt32(byte), digits: 2, bits: 4, upperCase: upperCase) }
            patterns.endDerived()
        }
    }
}
