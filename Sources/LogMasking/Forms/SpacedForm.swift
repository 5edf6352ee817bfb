import Secrets

/// One character or byte at a time, as `sed 's/./& /g'` and `fold -w 1` print it: `h u n t e r 2`.
///
/// Workflows print secrets like this to get around a runner's masking.
struct SpacedForm: MaskForm {
    let name = "spaced"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for separator in [" ", "\n", "\r\n"] as [StaticString] {
            for (place, byte) in value.enumerated() {
                if place > 0 { try patterns.append(separator) }
                try patterns.append(byte)
            }
            patterns.endDerived()
            guard let characters = ValueCharacters(value, present: patterns.present) else { continue }
            for (place, character) in characters.enumerated() {
                if place > 0 { try patterns.append(separator) }
                try patterns.append(character)
            }
            patterns.endDerived()
        }
    }
}
