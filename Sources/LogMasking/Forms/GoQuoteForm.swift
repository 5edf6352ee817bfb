import Secrets

/// Go's `%q` and `%+q`, and `strconv.Quote`: a tab is `\t`, a bell `\a`, an escape `\x1b`.
struct GoQuoteForm: MaskForm {
    let name = "go-quote"

    private static let escapings = [
        SourceEscaping(backslashed: ByteSet("\"\\"), letters: "abtnvfr", wide: .kept),
        SourceEscaping(backslashed: ByteSet("\"\\"), letters: "abtnvfr", wide: .scalars(shortens: false)),
    ]

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for escaping in Self.escapings { try escaping.write(value, to: &patterns) }
    }
}
