import Secrets

/// A JSON string inside a JSON string: `say "x"` is `say \\\"x\\\"`, as a log of objects carries a message.
struct NestedJSONForm: MaskForm {
    let name = "nested-json"

    private static let changed = ByteSet("\"\\").union(.controls)

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard patterns.present.meets(Self.changed) else { return }
        for byte in value {
            switch byte {
            case UInt8(ascii: "\""): try patterns.append(#"\\\""#)
            case UInt8(ascii: "\\"): try patterns.append(#"\\\\"#)
            case 0x08: try patterns.append(#"\\b"#)
            case 0x09: try patterns.append(#"\\t"#)
            case 0x0A: try patterns.append(#"\\n"#)
            case 0x0C: try patterns.append(#"\\f"#)
            case 0x0D: try patterns.append(#"\\r"#)
            case 0..<0x20:
                try patterns.append(#"\\u"#)
                try patterns.append(UInt32(byte), digits: 4, bits: 4, upperCase: false)
            default: try patterns.append(byte)
            }
        }
        patterns.endDerived()
    }
}
