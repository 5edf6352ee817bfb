import Secrets

/// `application/x-www-form-urlencoded`: percent-encoding with `+` for a space.
struct FormEncodingForm: MaskForm {
    let name = "form-encoding"

    private static let encodings = [
        // WHATWG URL, section 5.2; Java's `URLEncoder`.
        PercentEncoding(keeping: ByteSet("*-._"), spaceIsPlus: true),
        // Python's `quote_plus` and `urlencode`, Go's `QueryEscape`, Ruby's `CGI.escape`.
        PercentEncoding(keeping: ByteSet("-._~"), spaceIsPlus: true),
        // PHP's `urlencode`.
        PercentEncoding(keeping: ByteSet("-._"), spaceIsPlus: true),
        // .NET's `WebUtility.UrlEncode`.
        PercentEncoding(keeping: ByteSet("-_.!*()"), spaceIsPlus: true),
    ]

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for encoding in Self.encodings { try encoding.write(value, to: &patterns) }
    }
}
