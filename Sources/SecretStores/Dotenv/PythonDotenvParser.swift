internal import Diagnostics
internal import Secrets

/// Reads as `python-dotenv` does: what it cannot read is skipped up to the end of the line it stopped in, ` #` starts a comment,
/// Python's escapes count in double quotes, and `${NAME}` and `${NAME:-default}` are replaced wherever they stand.
struct PythonDotenvParser {
    private var source: DotenvSource

    init(_ source: DotenvSource) { self.source = source }

    mutating func entries() throws(Diagnostic) -> [DotenvEntry] {
        var entries: [DotenvEntry] = []
        source.skipByteOrderMark()
        while true {
            source.skip(.python)
            guard !source.isAtEnd else { return entries }
            if let entry = try entry() {
                let value = try entry.value.map { value throws(Diagnostic) in
                    try PythonReferences(entries: entries).expand(value, in: source)
                }
                entries.append(DotenvEntry(key: entry.key, value: value, line: entry.line))
            } else {
                source.skipLine()
            }
        }
    }

    /// Nil for a comment and for what is no assignment; the cursor then stands where the reading stopped.
    private mutating func entry() throws(Diagnostic) -> DotenvEntry? {
        let line = source.line
        if source.starts(with: "export"), let next = source.scalar(at: source.offset + 6),
            DotenvSpace.pythonBlank.contains(next)
        {
            source.skip(6)
            source.skip(.pythonBlank)
        }
        guard let key = key() else { return nil }
        source.skip(.pythonBlank)
        var value: SecretBytes?
        if source.peek() == UInt8(ascii: "=") {
            guard let assigned = try assigned() else { return nil }
            value = assigned
        }
        source.skip(.pythonBlank)
        if source.peek() == UInt8(ascii: "#") { source.skipLine() }
        guard source.isAtEnd || source.peek() == 0x0A else { return nil }
        return DotenvEntry(key: key, value: value, line: line)
    }

    private mutating func key() -> [UInt8]? {
        guard source.peek() == 0x27 else { return bareKey() }
        var end = source.offset + 1
        while let byte = source.byte(at: end), byte != 0x27 { end += 1 }
        guard source.byte(at: end) == 0x27, end > source.offset + 1 else { return nil }
        let key = source.bytes(source.offset + 1..<end)
        source.skip(end + 1 - source.offset)
        return key
    }

    private mutating func bareKey() -> [UInt8]? {
        let start = source.offset
        while let scalar = source.scalar(at: source.offset), scalar != "=", scalar != "#",
            !DotenvSpace.python.contains(scalar)
        {
            source.skip(UTF8.width(scalar))
        }
        return source.offset > start ? source.bytes(start..<source.offset) : nil
    }

    // MARK: - Values

    private mutating func assigned() throws(Diagnostic) -> SecretBytes? {
        source.skip()
        let afterEquals = source.offset
        source.skip(.pythonBlank)
        switch source.peek() {
        case UInt8(ascii: "#") where source.offset > afterEquals: return try source.secret(0..<0)
        case 0x27: return try quoted(0x27) { $0 == 0x5C || $0 == 0x27 ? $0 : nil }
        case 0x22: return try quoted(0x22, Self.escape)
        default: return try unquoted()
        }
    }

    private mutating func unquoted() throws(Diagnostic) -> SecretBytes {
        let start = source.offset
        var end: Int?
        var isAfterSpace = false
        while let scalar = source.scalar(at: source.offset), scalar != "\n" {
            if scalar == "#", isAfterSpace, end == nil { end = source.offset }
            isAfterSpace = DotenvSpace.python.contains(scalar)
            source.skip(UTF8.width(scalar))
        }
        return try source.secret(source.trimmedEnd(start..<(end ?? source.offset), .python))
    }

    /// A backslash takes the next byte with it; without a closing quote there is no value.
    private mutating func quoted(_ quote: UInt8, _ meaning: (UInt8) -> UInt8?) throws(Diagnostic) -> SecretBytes? {
        var ahead = 1
        while let byte = source.peek(ahead), byte != quote { ahead += byte == 0x5C ? 2 : 1 }
        guard source.peek(ahead) == quote else { return nil }
        let range = source.offset + 1..<source.offset + ahead
        source.skip(ahead + 1)
        return try DotenvEscapes.expand(source.secret(range), in: source, meaning)
    }

    private static func escape(_ letter: UInt8) -> UInt8? {
        [0x5C, 0x27, 0x22].contains(letter) ? letter : DotenvControl.meaning(of: letter)
    }
}
