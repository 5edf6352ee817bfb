internal import Diagnostics
internal import Secrets

/// Reads as `python-dotenv` does: a line it cannot read is skipped, ` #` starts a comment, Python's escapes count in double
/// quotes, and `${NAME}` and `${NAME:-default}` are replaced wherever they stand, from the file alone.
struct PythonDotenvParser {
    private var source: DotenvSource

    init(_ source: DotenvSource) { self.source = source }

    mutating func entries() throws(Diagnostic) -> [DotenvEntry] {
        var entries: [DotenvEntry] = []
        if source.bytes(0..<3) == [0xEF, 0xBB, 0xBF] { source.skip(3) }
        while true {
            source.skip { $0 == 0x20 || (0x09...0x0D).contains($0) }
            guard !source.isAtEnd else { return entries }
            let start = source
            if let entry = try entry() {
                let expansion = DotenvExpansion(entries: entries, style: .python)
                entries.append(try expansion.expand(entry, in: source))
            } else {
                source = start
                source.skip { $0 != 0x0A }
            }
        }
    }

    private mutating func entry() throws(Diagnostic) -> DotenvEntry? {
        let line = source.line
        if source.starts(with: "export"), let next = source.peek(6), Self.isBlank(next) {
            source.skip(6)
            source.skip(while: Self.isBlank)
        }
        guard let key = key() else { return nil }
        source.skip(while: Self.isBlank)
        guard source.peek() == UInt8(ascii: "=") else { return nil }
        source.skip()
        let afterEquals = source.offset
        source.skip(while: Self.isBlank)
        let isComment = source.offset > afterEquals && source.peek() == UInt8(ascii: "#")
        guard let value = try isComment ? source.secret(afterEquals..<afterEquals) : value() else { return nil }
        source.skip(while: Self.isBlank)
        if source.peek() == UInt8(ascii: "#") { source.skip { $0 != 0x0A } }
        guard source.isAtEnd || source.peek() == 0x0A || source.peek() == 0x0D else { return nil }
        return DotenvEntry(key: key, value: value, line: line)
    }

    private mutating func key() -> [UInt8]? {
        let isQuoted = source.peek() == 0x27
        if isQuoted { source.skip() }
        let start = source.offset
        source.skip { isQuoted ? $0 != 0x27 : !($0 == 0x3D || $0 == 0x23 || $0 == 0x20 || (0x09...0x0D).contains($0)) }
        let key = source.bytes(start..<source.offset)
        if isQuoted { source.skip() }
        return key.isEmpty ? nil : key
    }

    private mutating func value() throws(Diagnostic) -> SecretBytes? {
        switch source.peek() {
        case 0x27: return try quoted(0x27) { $0 == 0x5C || $0 == 0x27 ? $0 : nil }
        case 0x22: return try quoted(0x22, Self.escape)
        default: return try unquoted()
        }
    }

    private mutating func unquoted() throws(Diagnostic) -> SecretBytes {
        let start = source.offset
        var end: Int?
        while let byte = source.peek(), byte != 0x0A, byte != 0x0D {
            if byte == UInt8(ascii: "#"), source.offset > start, end == nil, isBlankBefore(start) {
                end = source.offset
            }
            source.skip()
        }
        let range = start..<(end ?? source.offset)
        return try source.secret(start..<max(source.trimmed(range).upperBound, start))
    }

    private func isBlankBefore(_ start: Int) -> Bool {
        source.offset > start && (source.bytes(source.offset - 1..<source.offset).first.map(Self.isBlank) ?? false)
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

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0B || byte == 0x0C }

    private static func escape(_ letter: UInt8) -> UInt8? {
        switch letter {
        case 0x5C, 0x27, 0x22: letter
        case UInt8(ascii: "a"): 0x07
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "v"): 0x0B
        default: nil
        }
    }
}
