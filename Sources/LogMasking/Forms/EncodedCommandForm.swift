import Secrets

/// Base64 of UTF-16LE, as PowerShell's `-EncodedCommand` takes its script.
///
/// Only of ASCII values: `hunter2!` is `aAB1AG4AdABlAHIAMgAhA`.
struct EncodedCommandForm: MaskForm {
    let name = "encoded-command"

    /// ASCII as UTF-16LE.
    private struct WideText: Sequence, IteratorProtocol {
        var text: UnsafeRawBufferPointer.Iterator
        var isHigh = true

        @inline(__always)
        mutating func next() -> UInt8? {
            isHigh.toggle()
            return isHigh ? 0 : text.next()
        }
    }

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard value.allSatisfy({ $0 < 0x80 }) else { return }
        let text = WideText(text: value.makeIterator())
        for offset in 0..<3 {
            try patterns.append(contentsOf: Base64Core(text: text, offset: offset, alphabet: .standard))
            patterns.endDerived()
        }
    }
}
