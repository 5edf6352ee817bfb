import Secrets

/// Python's `repr` and `ascii` of a string and of bytes: `it's é` is `it\'s é`, `it\'s \xe9` or `it\'s \xc3\xa9`.
///
/// The single quote has a backslash only where both quotes are in the text.
struct PythonReprForm: MaskForm {
    let name = "python-repr"

    private static let wides: [SourceEscaping.Wide] = [.kept, .scalars(shortens: true), .bytes]

    private static let escapings = wides.flatMap { wide in
        [ByteSet("\\"), ByteSet("\\'")].map { SourceEscaping(backslashed: $0, letters: "xxtnxxr", wide: wide) }
    }

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for escaping in Self.escapings { try escaping.write(value, to: &patterns) }
    }
}
