import Secrets

/// The inside of YAML's double quotes as PyYAML writes it: `é` is `\xE9`.
///
/// A value that is folded over lines there is not found.
struct YAMLForm: MaskForm {
    let name = "yaml"

    private static let escaping = SourceEscaping(
        backslashed: ByteSet("\"\\"),
        letters: "abtnvfr",
        wide: .scalars(shortens: true),
        upperCase: true
    )

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        try Self.escaping.write(value, to: &patterns)
    }
}
