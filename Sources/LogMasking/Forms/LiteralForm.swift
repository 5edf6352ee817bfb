import Secrets

/// The value as it is.
struct LiteralForm: MaskForm {
    let name = "literal"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        try patterns.append(value)
        patterns.endWhole()
    }
}
