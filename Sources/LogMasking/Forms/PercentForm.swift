import Secrets

/// Percent-encoding as in paths and queries, by the rules of the common libraries.
struct PercentForm: MaskForm {
    let name = "percent-encoding"

    private static let encodings = [
        // RFC 3986, section 2.3: Python's `quote(safe="")`, PHP's `rawurlencode`, curl.
        PercentEncoding(keeping: ByteSet("-._~")),
        // Python's `quote` keeps the slash.
        PercentEncoding(keeping: ByteSet("-._~/")),
        // ECMA-262, section 19.2.6: `encodeURIComponent`, jq's `@uri` before 1.7, and `encodeURI`.
        PercentEncoding(keeping: ByteSet("-_.!~*'()")),
        PercentEncoding(keeping: ByteSet("-_.!~*'();/?:@&=+$,#")),
        // Go's `url.PathEscape`, and `url.UserPassword` in a URL.
        PercentEncoding(keeping: ByteSet("-_.~$&+=:@")),
        PercentEncoding(keeping: ByteSet("-_.~$&+,;=")),
        // Everything encoded, as hand-written shell loops do.
        PercentEncoding(keepingOnly: .empty),
    ]

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for encoding in Self.encodings { try encoding.write(value, to: &patterns) }
    }
}
