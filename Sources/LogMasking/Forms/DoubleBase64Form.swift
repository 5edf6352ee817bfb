import Secrets

/// Base64 of base64, as `base64 -w 0 | base64 -w 0` prints it, with any text around the value.
///
/// Attacks on workflows print secrets like this because runners mask base64 alone. The value may start at any of three
/// places of a group, and its encoding again.
struct DoubleBase64Form: MaskForm {
    let name = "double-base64"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        // The outer alphabet makes no difference: no character of the inner one gives its 62 or 63.
        let outer = Base64Form.standard.last
        for inner in [Base64Form.standard.last, Base64Form.urlSafe.last] {
            for place in 0..<9 {
                let once = Base64Core(text: value, offset: place / 3, last: inner)
                try patterns.append(contentsOf: Base64Core(text: once, offset: place % 3, last: outer))
                patterns.endDerived()
            }
        }
    }
}
