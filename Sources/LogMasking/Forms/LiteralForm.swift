import Secrets

/// The value as it is.
struct LiteralForm: MaskForm {
    let name = "literal"
    let interruption = Interruption.anywhere

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        // Of several lines each is looked for by itself; words of the value in one line would be masked otherwise.
        if value.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            patterns.interruption = .none
        }
        try patterns.append(value)
        patterns.endWhole()
    }
}
