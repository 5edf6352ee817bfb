import Secrets

/// Base64 of UTF-16LE, as PowerShell's `-EncodedCommand` takes its script.
///
/// Only of ASCII values: `hunter2!` is `aAB1AG4AdABlAHIAMgAhA`.
struct EncodedCommandForm: MaskForm {
    let name = "encoded-command"

    /// ASCII as UTF-16LE.
    private struct WideText: RandomAccessCollection {
        let text: UnsafeRawBufferPointer
        var startIndex: Int { 0 }
        var endIndex: Int { 2 * text.count }

        subscript(place: Int) -> UInt8 { place % 2 == 0 ? text[place / 2] : 0 }
    }

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard value.allSatisfy({ $0 < 0x80 }) else { return }
        let text = WideText(text: value)
        for offset in 0..<3 {
            try patterns.append(contentsOf: Base64Core(text: text, offset: offset, last: Base64Form.standard.last))
            patterns.endDerived()
        }
    }
}
