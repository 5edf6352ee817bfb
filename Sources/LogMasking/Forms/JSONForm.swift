import Secrets

/// The inside of a JSON string, by the rules of the common writers.
struct JSONForm: MaskForm {
    let name = "json"

    /// The writers that strings inside strings are often made by.
    static let common = [
        // What RFC 8259 asks for: JavaScript, jq, Rust.
        JSONEscaping(),
        // Python's `json.dumps`; Ruby's `ASCII_ONLY`.
        JSONEscaping(isASCIIOnly: true),
        // Swift's and older C++ writers; PHP's `json_encode`.
        JSONEscaping(escapesSlash: true),
        JSONEscaping(escapesSlash: true, isASCIIOnly: true),
        // Go's `encoding/json`; Rails.
        JSONEscaping(coded: ByteSet("<>&")),
    ]

    /// The other writers.
    static let rare = [
        // Gson; Newtonsoft's `EscapeHtml`.
        JSONEscaping(coded: ByteSet("<>&='")),
        JSONEscaping(coded: ByteSet("<>&'")),
        // .NET's `System.Text.Json`.
        JSONEscaping(coded: ByteSet("\"&'+<>`\u{7F}"), isASCIIOnly: true),
        // PHP's `JSON_HEX_TAG | JSON_HEX_AMP | JSON_HEX_APOS | JSON_HEX_QUOT`.
        JSONEscaping(coded: ByteSet("\"&'<>"), escapesSlash: true, isASCIIOnly: true),
        // serialize-javascript, which Nuxt and others put state into pages with.
        JSONEscaping(coded: ByteSet("<>/")),
    ]

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        let present = patterns.present
        var written: [JSONEscaping] = []
        for escaping in Self.common + Self.rare where escaping.changes(present) {
            let applied = escaping.applied(to: present)
            guard !written.contains(applied) else { continue }
            written.append(applied)
            try applied.write(value, to: &patterns)
        }
    }
}
