internal import Diagnostics
internal import Secrets

/// Reads as Docker Compose does with an `env_file`: a mistake is an error, ` #` starts a comment, `$NAME`, `${NAME}` and
/// `${NAME:-default}` are replaced outside single quotes, from the file alone.
struct ComposeDotenvParser {
    private var source: DotenvSource

    init(_ source: DotenvSource) { self.source = source }

    mutating func entries() throws(Diagnostic) -> [DotenvEntry] {
        var entries: [DotenvEntry] = []
        while true {
            source.skip { $0 == 0x20 || (0x09...0x0D).contains($0) }
            guard let byte = source.peek() else { return entries }
            if byte == UInt8(ascii: "#") {
                source.skip { $0 != 0x0A }
            } else if let entry = try entry(DotenvExpansion(entries: entries, style: .compose)) {
                entries.append(entry)
            }
        }
    }

    private mutating func entry(_ expansion: DotenvExpansion) throws(Diagnostic) -> DotenvEntry? {
        let line = source.line
        if source.starts(with: "export"), let next = source.peek(6), Self.isBlank(next) {
            source.skip(6)
            source.skip(while: Self.isBlank)
        }
        let start = source.offset
        source.skip { Self.isKey($0) || Self.isBlank($0) }
        let key = source.bytes(source.trimmed(start..<source.offset))
        guard !key.contains(0x20), let separator = source.peek() else {
            throw source.failure("this is no `KEY=value`", line: line, help: "write the key, `=` and the value")
        }
        // A key alone takes the value of Compose's own environment, which no file of ours has.
        guard separator != 0x0A else { return nil }
        guard separator == 0x3D || separator == 0x3A, !key.isEmpty else {
            throw source.failure(
                "a character is in the key that cannot be there", line: line,
                help: "use letters, digits, `_`, `.` and `-`")
        }
        source.skip()
        source.skip(while: Self.isBlank)
        let entry = DotenvEntry(key: key, value: try value(key, line, expansion), line: line)
        return entry
    }

    private mutating func value(
        _ key: [UInt8],
        _ line: Int,
        _ expansion: DotenvExpansion
    ) throws(Diagnostic) -> SecretBytes {
        guard let quote = source.peek(), quote == 0x22 || quote == 0x27 else { return try unquoted(expansion) }
        source.skip()
        do {
            var buffer = try SecretBuffer(capacity: 256)
            while let byte = source.next() {
                if byte == quote {
                    guard quote == 0x22 else { return buffer.finish() }
                    let unescaped = try DotenvEscapes.expand(buffer.finish(), in: source, Self.escape)
                    return try expansion.expand(unescaped, in: source)
                }
                if byte == 0x5C, let next = source.peek() {
                    source.skip()
                    if next != quote { try buffer.append(byte) }
                    try buffer.append(next)
                } else {
                    try buffer.append(byte)
                }
            }
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw source.noMemory
        }
        throw source.failure(
            "the quote is never closed",
            .dotenvUnterminatedQuote,
            key: key,
            line: line,
            help: "close it; a value over several lines ends with the same quote"
        )
    }

    private mutating func unquoted(_ expansion: DotenvExpansion) throws(Diagnostic) -> SecretBytes {
        let start = source.offset
        var end: Int?
        while let byte = source.peek(), byte != 0x0A {
            if byte == 0x20, source.peek(1) == UInt8(ascii: "#"), end == nil { end = source.offset }
            source.skip()
        }
        let range = start..<(end ?? source.offset)
        let trimmed = start..<max(source.trimmed(range).upperBound, start)
        return try expansion.expand(source.secret(trimmed), in: source)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || (0x0B...0x0D).contains(byte) }

    private static func isKey(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
            || [0x5F, 0x2E, 0x2D, 0x5B, 0x5D].contains(byte)
    }

    private static func escape(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "a"): 0x07
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "v"): 0x0B
        case 0x5C: letter
        default: nil
        }
    }
}
