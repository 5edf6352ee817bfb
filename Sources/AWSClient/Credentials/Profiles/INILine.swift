/// One line of an INI file.
struct INILine {
    enum Kind {
        case blank
        case comment
        case section(String)
        case entry(name: String, value: Range<Int>)
        case other
    }

    let kind: Kind
    /// How many white characters it starts with.
    let indent: Int

    init(_ text: UnsafeRawBufferPointer, _ line: Range<Int>) {
        let content = Self.trimmed(text, line)
        indent = content.lowerBound - line.lowerBound
        kind = Self.kind(text, content)
    }

    private static func kind(_ text: UnsafeRawBufferPointer, _ content: Range<Int>) -> Kind {
        guard let first = content.first.map({ text[$0] }) else { return .blank }
        if first == UInt8(ascii: "#") || first == UInt8(ascii: ";") { return .comment }
        if first == UInt8(ascii: "["), let end = text[content].lastIndex(of: UInt8(ascii: "]")),
            end > content.lowerBound + 1
        {
            return .section(String(decoding: text[(content.lowerBound + 1)..<end], as: UTF8.self))
        }
        let delimiter = text[content].firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }
        guard let delimiter else { return .other }
        let name = trimmed(text, content.lowerBound..<delimiter)
        guard !name.isEmpty else { return .other }
        let text = (name: String(decoding: text[name], as: UTF8.self).lowercased(), text)
        return .entry(name: text.name, value: trimmed(text.1, (delimiter + 1)..<content.upperBound))
    }

    private static func trimmed(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Range<Int> {
        let isWhite = { (index: Int) in
            text[index] == 0x20 || (0x09...0x0D).contains(text[index])
        }
        guard let start = range.first(where: { !isWhite($0) }), let end = range.last(where: { !isWhite($0) }) else {
            return range.upperBound..<range.upperBound
        }
        return start..<(end + 1)
    }
}
