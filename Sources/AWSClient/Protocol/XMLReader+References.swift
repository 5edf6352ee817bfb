import Secrets

extension XMLReader {
    private static let references: [(name: StaticString, byte: UInt8)] = [
        ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")),
        ("&quot;", UInt8(ascii: "\"")), ("&apos;", UInt8(ascii: "'")), ("&#xD;", 0x0D), ("&#xA;", 0x0A),
        ("&#x9;", 0x09),
        ("&#13;", 0x0D), ("&#10;", 0x0A), ("&#9;", 0x09), ("&#39;", UInt8(ascii: "'")), ("&#34;", UInt8(ascii: "\"")),
    ]

    /// Whether every `&` starts a reference that is known; AWS escapes nothing else.
    static func isDecodable(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        var rest = text
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            guard let known = reference(at: rest[ampersand...]) else { return false }
            rest = rest[(ampersand + known.count)...]
        }
        return true
    }

    /// Appends the text with references resolved.
    static func decode(
        _ text: Slice<UnsafeRawBufferPointer>,
        into output: inout SecretBuffer
    ) throws(SecretMemoryError) {
        var rest = text
        while let byte = rest.first {
            if byte == UInt8(ascii: "&"), let known = reference(at: rest) {
                try output.append(known.byte)
                rest = rest.dropFirst(known.count)
            } else {
                try output.append(byte)
                rest = rest.dropFirst()
            }
        }
    }

    /// The text with references resolved, where it is no secret.
    static func decoded(_ text: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        var output: [UInt8] = []
        var rest = text
        while let byte = rest.first {
            let known = byte == UInt8(ascii: "&") ? reference(at: rest) : nil
            output.append(known?.byte ?? byte)
            rest = rest.dropFirst(known?.count ?? 1)
        }
        return output
    }

    private static func reference(at text: Slice<UnsafeRawBufferPointer>) -> (byte: UInt8, count: Int)? {
        for (name, byte) in references {
            let name = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
            if text.starts(with: name) { return (byte, name.count) }
        }
        return nil
    }
}
