import Secrets

/// XML and HTML text, with the named and the numeric references of the common writers.
struct MarkupForm: MaskForm {
    let name = "markup"

    private static let special = ByteSet("&<>\"'")

    /// The writers that leave letters and digits as they are.
    private static let writers = [
        // Python's `html.escape`.
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&quot;", "&#x27;"], whereItDiffers: special),
        // Go's `html.EscapeString`.
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&#34;", "&#39;"], whereItDiffers: ByteSet("\"'")),
        // PHP, Ruby, Jinja, lodash.
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"], whereItDiffers: ByteSet("'")),
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&quot;", "&#039;"], whereItDiffers: ByteSet("'")),
        // XML, and text outside attributes.
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"], whereItDiffers: ByteSet("'")),
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&quot;", ""], whereItDiffers: ByteSet("'")),
        MarkupWriter(["&amp;", "&lt;", "&gt;", "", ""], whereItDiffers: ByteSet("\"'")),
        MarkupWriter(["&amp;", "&lt;", "", "", ""], whereItDiffers: ByteSet(">\"'")),
        // Go's `html/template`.
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&#34;", "&#39;"], MarkupReference(to: ByteSet("+"), .decimal)),
        // Handlebars, and Mustache for JavaScript.
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&quot;", "&#x27;"], upperCase("=`")),
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"], upperCase("=`/")),
        // .NET's `HtmlEncoder`.
        MarkupWriter(
            ["&amp;", "&lt;", "&gt;", "&quot;", "&#x27;"],
            MarkupReference(to: ByteSet("+`").union(.controls).union(.wide), .hexadecimal(upperCase: true))
        ),
        // Attributes of XML: Go's `encoding/xml`, .NET, libxml2 and Python.
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&#34;", "&#39;"], upperCase("\t\n\r")),
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&quot;", ""], upperCase("\t\n\r")),
        MarkupWriter(["&amp;", "&lt;", "&gt;", "&quot;", ""], MarkupReference(to: ByteSet("\t\n\r"), .decimal)),
        // The special characters alone: PHP's `FILTER_SANITIZE_SPECIAL_CHARS`, XSLT.
        MarkupWriter(MarkupReference(to: special, .decimal)),
        MarkupWriter(MarkupReference(to: special, .hexadecimal(upperCase: false))),
        MarkupWriter(MarkupReference(to: special, .hexadecimal(upperCase: true))),
        // What is not ASCII: Python's `xmlcharrefreplace`, libxml2.
        MarkupWriter(MarkupReference(to: .wide, .decimal)),
        MarkupWriter(MarkupReference(to: .wide, .hexadecimal(upperCase: true))),
    ]

    /// The writers that refer to much more than they have to.
    private static let thoroughWriters = [
        // Everything, as hand-written loops do.
        MarkupWriter(MarkupReference(to: .all, .decimal)),
        MarkupWriter(MarkupReference(to: .all, .hexadecimal(upperCase: false))),
        // All but letters and digits, as careful writers do.
        MarkupWriter(MarkupReference(to: ByteSet.alphanumeric.complement, .decimal)),
        MarkupWriter(MarkupReference(to: ByteSet.alphanumeric.complement, .hexadecimal(upperCase: false))),
        MarkupWriter(MarkupReference(to: ByteSet.alphanumeric.complement, .hexadecimal(upperCase: true))),
    ]

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        try writeEscaped(value, to: &patterns)
        for writer in Self.thoroughWriters where patterns.present.meets(writer.whereItDiffers) {
            try writer.write(value, to: &patterns)
        }
    }

    /// Writes the texts in which letters and digits are as they are.
    func writeEscaped(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for writer in Self.writers where patterns.present.meets(writer.whereItDiffers) {
            try writer.write(value, to: &patterns)
        }
    }

    private static func upperCase(_ characters: StaticString) -> MarkupReference {
        MarkupReference(to: ByteSet(characters), .hexadecimal(upperCase: true))
    }
}
