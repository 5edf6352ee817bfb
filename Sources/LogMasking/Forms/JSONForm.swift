import Secrets

/// The inside of a JSON string, by the rules of the common writers.
struct JSONForm: MaskForm {
    let name = "json"

    private static let escapings = [
        // What RFC 8259 asks for: JavaScript, jq, Rust.
        JSONEscaping(),
        // Python's `json.dumps`; Ruby's `ASCII_ONLY`.
        JSONEscaping(isASCIIOnly: true),
        // Swift's and older C++ writers; PHP's `json_encode`.
        JSONEscaping(escapesSlash: true),
        JSONEscaping(escapesSlash: true, isASCIIOnly: true),
        // Go's `encoding/json`; Rails.
        JSONEscaping(coded: ByteSet("<>&")),
        // Gson; Newtonsoft's `EscapeHtml`.
        JSONEscaping(coded: ByteSet("<>&='")),
        JSONEscaping(coded: ByteSet("<>&'")),
        // .NET's `System.Text.Json`.
        JSONEscaping(coded: ByteSet("\"&'+<>`\u{7F}"), isASCIIOnly: true),
        // PHP's `JSON_HEX_TAG | JSON_HEX_AMP | JSON_HEX_APOS | JSON_HEX_QUOT`.
        JSONEscaping(coded: ByteSet("\"&'<>"), escapesSlash: true, isASCIIOnly: true),
    ]

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for escaping in Self.escapings { try escaping.write(value, to: &patterns) }
    }
}
