import Secrets

/// Each line of a value of several lines, without the white space around it.
///
/// A program that prints a key prints it line by line, with a prefix before each. Lines under the minimum, such as the
/// lone `{` of a JSON value, are left out.
struct LineForm: MaskForm {
    let name = "line"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for line in ValueLines(value) {
            let core = ValueScreen.trimmed(line)
            guard ValueScreen.accepts(line: core) else { continue }
            try patterns.append(core)
            patterns.endDerived()
        }
    }
}
