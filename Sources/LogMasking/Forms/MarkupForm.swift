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

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        if patterns.present.meets(ByteSet("&<>\"'")) {
            for writer in Self.writers { try write(value, writer, to: &patterns) }
        }
        for isHexadecimal in [false, true] {
            for byte in value { try reference(to: byte, isHexadecimal, in: &patterns) }
            patterns.endDerived()
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

    /// A reference to a character by its number.
    private func reference(
        to byte: UInt8,
        _ isHexadecimal: Bool,
        in patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        try patterns.append(isHexadecimal ? "&#x" : "&#")
        if isHexadecimal {
            try patterns.append(UInt32(byte), digits: 2, bits: 4, upperCase: false)
        } else {
            for divisor in [100, 10, 1] as [UInt8] where byte >= divisor {
                try patterns.append(UInt8(ascii: "0") + byte / divisor % 10)
            }
        }
        try patterns.append(UInt8(ascii: ";"))
    }
}
