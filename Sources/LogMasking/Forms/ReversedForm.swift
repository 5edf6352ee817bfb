import Secrets

/// The characters from the last to the first, as `rev` prints them, and the bytes, as it does in the C locale.
struct ReversedForm: MaskForm {
    let name = "reversed"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for byte in value.reversed() { try patterns.append(byte) }
        patterns.endDerived()
        guard ValueCharacters(value, present: patterns.present) != nil else { return }
        var end = value.count
        while let start = value[..<end].lastIndex(where: { $0 & 0xC0 != 0x80 }) {
            try patterns.append(UnsafeRawBufferPointer(rebasing: value[start..<end]))
            end = start
        }
        patterns.endDerived()
    }
}
