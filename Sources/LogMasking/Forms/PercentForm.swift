/// Percent-encoding as libraries do it: they disagree on what stays, on the case of the digits and on spaces.
struct PercentForm: MaskForm {
    let name = "percent"

    /// What stays unencoded besides letters and digits.
    private static let dialects: [(kept: String, spaceIsPlus: Bool)] = [
        ("-_.~", false),  // RFC 3986, section 2.3
        ("-_.~/", false),  // Python's urllib.parse.quote
        ("-_.!~*'()", false),  // JavaScript's encodeURIComponent
        (";,/?:@&=+$-_.!~*'()#", false),  // JavaScript's encodeURI
        ("*-._", true),  // forms, WHATWG URL
        ("-_.~", true),  // Go's url.QueryEscape, Python's quote_plus
        ("", false),
    ]

    func add(_ value: UnsafeRawBufferPointer, to sink: PatternSink) {
        for digits in HexDigits.both {
            for dialect in Self.dialects {
                let kept = Set(dialect.kept.utf8)
                encode(value, digits, dialect.spaceIsPlus, to: sink) { kept.contains($0) || Self.isAlphanumeric($0) }
            }
            encode(value, digits, false, to: sink) { _ in false }
        }
    }

    private func encode(
        _ value: UnsafeRawBufferPointer,
        _ digits: HexDigits,
        _ spaceIsPlus: Bool,
        to sink: PatternSink,
        keeping isKept: (UInt8) -> Bool
    ) {
        for (index, byte) in value.enumerated() {
            if isKept(byte) {
                sink.append(byte)
            } else if spaceIsPlus && byte == 0x20 {
                sink.append(UInt8(ascii: "+"))
            } else {
                // A pattern never starts with the sign itself: progress bars end with it and would be held back.
                sink.append((index == 0 ? [] : [UInt8(ascii: "%")]) + digits.pair(byte))
            }
        }
        sink.end()
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}
