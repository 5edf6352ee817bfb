import Secrets

/// A value inside a URL that a library escapes as much as it must, such as the password of `https://user:p%40ss@host/`.
struct URLPartForm: MaskForm {
    let name = "url"

    private static let encodings = [
        // WHATWG URL, section 1.3: the percent-encode sets of the user info, the path, the query and the fragment.
        PercentEncoding(keeping: ByteSet("!$%&'()*+,-._~")),
        PercentEncoding(keeping: ByteSet("!$%&'()*+,-./:;=@[\\]_|~")),
        PercentEncoding(keeping: ByteSet("!$%&()*+,-./:;=?@[\\]^_`{|}~")),
        PercentEncoding(keeping: ByteSet("!#$%&'()*+,-./:;=?@[\\]^_{|}~")),
        // Python's `requests` on the way out.
        PercentEncoding(keeping: ByteSet("!#$%&'()*+,/:;=?@[]~-._")),
    ]

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for encoding in Self.encodings { try encoding.write(value, to: &patterns) }
    }
}
