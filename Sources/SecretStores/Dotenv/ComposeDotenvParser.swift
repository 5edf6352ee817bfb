internal import Diagnostics
internal import Secrets

/// Reads as Docker Compose does with an `env_file`: a mistake is an error, ` #` starts a comment, Go's escapes count in double
/// quotes, and references are replaced outside single quotes.
struct ComposeDotenvParser {
    private var source: DotenvSource

    init(_ source: DotenvSource) { self.source = source }

    mutating func entries() throws(Diagnostic) -> [DotenvEntry] {
        var entries: [DotenvEntry] = []
        source.skipByteOrderMark()
        while true {
            source.skip(.go)
            guard let byte = source.peek() else { return entries }
            if byte == UInt8(ascii: "#") {
                source.skipLine()
            } else if let entry = try entry(after: entries) {
                entries.append(entry)
            }
        }
    }

    private mutating func entry(after entries: [DotenvEntry]) throws(Diagnostic) -> DotenvEntry? {
        let line = source.line
        if source.starts(with: "export"), let next = source.peek(6), Self.isExportSpace(next) {
            source.skip(6)
            source.skip(.composeBlank)
            guard !source.isAtEnd else { throw notAnAssignment(line) }
        }
        let start = source.offset
        try skipKey(line)
        let key = source.bytes(source.trimmedEnd(start..<source.offset, .go))
        // A key alone takes the value of Compose's own environment, which no file of ours has.
        guard let separator = source.peek() else { return nil }
        guard !key.contains(0x20) else { throw notAnAssignment(line) }
        source.skip()
        source.skip(.composeBlank)
        guard separator != 0x0A else { return nil }
        let references = ComposeReferences(entries: entries, source: source, key: key, line: line)
        return DotenvEntry(key: key, value: try value(references), line: line)
    }

    private mutating func skipKey(_ line: Int) throws(Diagnostic) {
        while let scalar = source.scalar(at: source.offset), scalar != "=", scalar != ":", scalar != "\n" {
            guard Self.isKey(scalar) || DotenvSpace.composeBlank.contains(scalar) else {
                throw source.failure(
                    "a character is in the key that cannot be there",
                    line: line,
                    help: "use letters, digits, `_`, `.` and `-`"
                )
            }
            source.skip(UTF8.width(scalar))
        }
    }

    private func notAnAssignment(_ line: Int) -> Diagnostic {
        source.failure("this is no `KEY=value`", line: line, help: "write the key, `=` and the value")
    }

    // MARK: - Values

    private mutating func value(_ references: ComposeReferences) throws(Diagnostic) -> SecretBytes {
        let quote = source.peek()
        guard quote == 0x22 || quote == 0x27 else { return try references.expand(unquoted()) }
        guard let inner = try quoted() else { throw source.unterminated(references.key, references.line) }
        guard quote == 0x22 else { return inner }
        let unescaped = try ComposeEscapes.expand(inner, in: source)
        guard !unescaped.withExposedBytes({ $0.contains(0) }) else {
            throw source.failure(
                "the value holds a NUL byte",
                key: references.key,
                line: references.line,
                help: "remove the escape that makes it: no variable can hold one"
            )
        }
        return try references.expand(unescaped)
    }

    private mutating func unquoted() throws(Diagnostic) -> SecretBytes {
        let start = source.offset
        var end: Int?
        while let byte = source.peek(), byte != 0x0A {
            if byte == 0x20, source.peek(1) == UInt8(ascii: "#"), end == nil { end = source.offset }
            source.skip()
        }
        return try source.secret(source.trimmedEnd(start..<(end ?? source.offset), .go))
    }

    /// The inside of the quotes; a backslash protects the quote and goes, and stays before anything else.
    private mutating func quoted() throws(Diagnostic) -> SecretBytes? {
        let quote = source.next()
        do {
            var buffer = try SecretBuffer(capacity: 256)
            while let byte = source.next() {
                if byte == quote { return buffer.finish() }
                if byte == 0x5C, let next = source.next() {
                    if next != quote { try buffer.append(byte) }
                    try buffer.append(next)
                } else {
                    try buffer.append(byte)
                }
            }
            return nil
        } catch {
            throw source.noMemory
        }
    }

    // MARK: - Characters

    private static func isKey(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "_", ".", "-", "[", "]": return true
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        case .decimalNumber, .letterNumber, .otherNumber: return true
        default: return false
        }
    }

    /// `\s` of Go's regular expressions, which lacks the vertical tab.
    private static func isExportSpace(_ byte: UInt8) -> Bool { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains(byte) }
}
