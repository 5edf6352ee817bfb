import Secrets

/// XML and HTML text, with the named and the numeric references of the common writers.
struct MarkupForm: MaskForm {
    let name = "markup"

    /// How one writer puts the five special characters: `&`, `<`, `>`, `"` and `'`; an empty text leaves one as it is.
    private static let writers: [[StaticString]] = [
        // Python's `html.escape`.
        ["&amp;", "&lt;", "&gt;", "&quot;", "&#x27;"],
        // Go's `html.EscapeString`.
        ["&amp;", "&lt;", "&gt;", "&#34;", "&#39;"],
        // PHP, Ruby, Jinja, lodash.
        ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"],
        ["&amp;", "&lt;", "&gt;", "&quot;", "&#039;"],
        // XML, and text outside attributes.
        ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"],
        ["&amp;", "&lt;", "&gt;", "&quot;", ""],
        ["&amp;", "&lt;", "&gt;", "", ""],
        ["&amp;", "&lt;", "", "", ""],
    ]

    private static let references = [
        // Everything, as hand-written loops do.
        MarkupReference(to: .all, .decimal),
        MarkupReference(to: .all, .hexadecimal(upperCase: false)),
        // All but letters and digits, as careful writers do.
        MarkupReference(to: ByteSet.alphanumeric.complement, .decimal),
        MarkupReference(to: ByteSet.alphanumeric.complement, .hexadecimal(upperCase: false)),
        MarkupReference(to: ByteSet.alphanumeric.complement, .hexadecimal(upperCase: true)),
        // The special characters alone: PHP's `FILTER_SANITIZE_SPECIAL_CHARS`, XSLT.
        MarkupReference(to: ByteSet("&<>\"'"), .decimal),
        MarkupReference(to: ByteSet("&<>\"'"), .hexadecimal(upperCase: false)),
        MarkupReference(to: ByteSet("&<>\"'"), .hexadecimal(upperCase: true)),
        // What is not ASCII: Python's `xmlcharrefreplace`, libxml2.
        MarkupReference(to: .wide, .decimal),
        MarkupReference(to: .wide, .hexadecimal(upperCase: true)),
    ]

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        if patterns.present.meets(ByteSet("&<>\"'")) {
            for writer in Self.writers { try write(value, writer, to: &patterns) }
        }
        for reference in Self.references where patterns.present.meets(reference.referred) {
            try write(value, reference, to: &patterns)
        }
    }

    private func write(
        _ value: UnsafeRawBufferPointer,
        _ writer: [StaticString],
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        let specials: [UInt8] = [0x26, 0x3C, 0x3E, 0x22, 0x27]
        for byte in value {
            if let place = specials.firstIndex(of: byte), writer[place].utf8CodeUnitCount > 0 {
                try patterns.append(writer[place])
            } else {
                try patterns.append(byte)
            }
        }
        patterns.endDerived()
    }

    private func write(
        _ value: UnsafeRawBufferPointer,
        _ reference: MarkupReference,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        var rest = value.makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                if encoded.contains(where: reference.referred.contains) {
                    try reference.write(Unicode.UTF8.decode(encoded).value, to: &patterns)
                } else {
                    try patterns.append(contentsOf: encoded)
                }
            case .error:
                patterns.abandon()
                return try writeBytes(value, reference, to: &patterns)
            case .emptyInput: return patterns.endDerived()
            }
        }
    }

    /// What is not UTF-8 is taken for a text of one byte a character.
    private func writeBytes(
        _ value: UnsafeRawBufferPointer,
        _ reference: MarkupReference,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        for byte in value {
            if reference.referred.contains(byte) {
                try reference.write(UInt32(byte), to: &patterns)
            } else {
                try patterns.append(byte)
            }
        }
        patterns.endDerived()
    }
}
