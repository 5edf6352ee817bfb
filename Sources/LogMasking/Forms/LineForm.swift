import Secrets

/// Each line of a value of several lines, without the white space around it.
///
/// A program that prints a key prints it line by line, with a prefix before each. Lines under the minimum, such as the
/// lone `{` of a JSON value, are left out. So do programs that escape the key first: a log of JSON has an object a line,
/// and a terminal or an indented page breaks what is escaped as a whole.
struct LineForm: MaskForm {
    let name = "line"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        let present = patterns.present
        for line in ValueLines(value) {
            let core = ValueScreen.trimmed(line)
            guard ValueScreen.accepts(line: core) else { continue }
            // Words of a line are ordinary text; a line of a key is not, and is wrapped and coloured like a value.
            patterns.interruption = core.contains(where: ValueScreen.isSpace) ? .none : .anywhere
            try patterns.append(core)
            patterns.endDerived()
            patterns.interruption = .none
            // Of one line there is nothing that the other forms do not write.
            guard core.count < value.count else { continue }
            patterns.present = ByteSet(of: core)
            try writeEscaped(core, to: &patterns)
        }
        patterns.present = present
    }

    /// Writes what is one line of a longer text still, and letters and digits as they are.
    private func writeEscaped(
        _ line: UnsafeRawBufferPointer,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        try JSONForm().write(line, to: &patterns)
        try NestedJSONForm().write(line, to: &patterns)
        try MarkupForm().writeEscaped(line, to: &patterns)
        try ShellForm().writeQuoted(line, to: &patterns)
        try DoubledQuotesForm().write(line, to: &patterns)
        try PythonReprForm().write(line, to: &patterns)
    }
}
