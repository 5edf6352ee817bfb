import Secrets

/// Python's `repr` and `ascii` of a string and of bytes: `it's é` is `it\'s é`, `it\'s \xe9` or `it\'s \xc3\xa9`.
///
/// The single quote has a backslash only where both quotes are in the text.
struct PythonReprForm: MaskForm {
    let name = "python-repr"

    private static let wides: [SourceEscaping.Wide] = [.kept, .scalars(shortens: true), .bytes]

    private static let plain = wides.map { SourceEscaping(backslashed: ByteSet("\\"), letters: "xxtnxxr", wide: $0) }
    private static let quoted = wides.map { SourceEscaping(backslashed: ByteSet("\\'"), letters: "xxtnxxr", wide: $0) }

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        // Without a character outside ASCII all three are the same.
        let count = patterns.present.meets(.wide) ? Self.wides.count : 1
        for escaping in Self.plain.prefix(count) { try escaping.write(value, to: &patterns) }
        guard patterns.present.contains(UInt8(ascii: "'")) else { return }
        for escaping in Self.quoted.prefix(count) { try escaping.write(value, to: &patterns) }
    }
}
