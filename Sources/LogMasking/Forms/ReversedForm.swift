import Secrets

/// The bytes from the last to the first, as `rev` prints them.
struct ReversedForm: MaskForm {
    let name = "reversed"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for byte in value.reversed() { try patterns.append(byte) }
        patterns.endDerived()
    }
}
