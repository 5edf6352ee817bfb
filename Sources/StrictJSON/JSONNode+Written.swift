extension JSONNode {
    /// The value as `text`, of which it was indexed, writes it, without the space between its parts.
    ///
    /// Numbers and escapes stay as they were written: another notation could lose what they say.
    package func written(in text: UnsafeRawBufferPointer) -> [UInt8] {
        switch self {
        case .null: Array("null".utf8)
        case .bool(let value): Array((value ? "true" : "false").utf8)
        case .number(let number): Self.bytes(number.range, text)
        case .string(let string): Self.quoted(string.range, text)
        case .array(let elements): Self.joined(elements.map { $0.written(in: text) }, "[", "]")
        case .object(let object):
            Self.joined(
                object.members.map { member in
                    Self.quoted(member.range, text) + [UInt8(ascii: ":")] + member.value.written(in: text)
                }, "{", "}")
        }
    }

    private static func joined(_ parts: [[UInt8]], _ open: Unicode.Scalar, _ close: Unicode.Scalar) -> [UInt8] {
        [UInt8(ascii: open)] + parts.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: close)]
    }

    private static func quoted(_ range: Range<Int>, _ text: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8(ascii: "\"")] + bytes(range, text) + [UInt8(ascii: "\"")]
    }

    /// Another text has nothing there.
    private static func bytes(_ range: Range<Int>, _ text: UnsafeRawBufferPointer) -> [UInt8] {
        range.upperBound <= text.count ? Array(text[range]) : []
    }
}
