import Secrets

/// Base64 of base64, as `base64 -w 0 | base64 -w 0` prints it, with any text around the value.
///
/// Attacks on workflows print secrets like this because runners mask base64 alone. The value may start at any of three
/// places of a group, and its encoding again.
struct DoubleBase64Form: MaskForm {
    let name = "double-base64"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        // The outer alphabet makes no difference: no character of the inner one gives its 62 or 63.
        let outer = Base64Alphabet.standard
        try write(value, inner: .standard, outer, to: &patterns)
        guard patterns.present.meets(.base64Last) else { return }
        try write(value, inner: .urlSafe, outer, to: &patterns)
    }

    private func write(
        _ value: UnsafeRawBufferPointer,
        inner: Base64Alphabet,
        _ outer: Base64Alphabet,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        for place in 0..<9 {
            let once = Base64Core(text: value, offset: place / 3, alphabet: inner)
            try patterns.append(contentsOf: Base64Core(text: once, offset: place % 3, alphabet: outer))
            patterns.endDerived()
        }
    }
}
