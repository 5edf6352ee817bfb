import Secrets

/// A value of several lines with other line ends: a terminal turns LF into CRLF, and a tool may turn CRLF into LF.
///
/// Catches the values whose lines are all too short for `LineForm`.
struct LineEndingForm: MaskForm {
    let name = "line-ending"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard patterns.present.meets(ByteSet("\n\r")) else { return }
        for ending in ["\n", "\r\n", "\r"] as [StaticString] {
            var isFirst = true
            for line in ValueLines(value) {
                if !isFirst { try patterns.append(ending) }
                try patterns.append(line)
                isFirst = false
            }
            patterns.endWhole()
        }
    }
}
