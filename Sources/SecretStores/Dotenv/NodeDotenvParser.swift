internal import Diagnostics
internal import Secrets

/// Reads as `dotenv` of npm does: a line that is no assignment is skipped, a quote that is never closed is text, `\n` and `\r`
/// count in double quotes alone, `$` is text.
struct NodeDotenvParser {
    private var source: DotenvSource

    init(_ source: DotenvSource) { self.source = source }

    mutating func entries() throws(Diagnostic) -> [DotenvEntry] {
        var entries: [DotenvEntry] = []
        while !source.isAtEnd {
            source.skip { $0 == 0x20 || (0x09...0x0D).contains($0) }
            let start = source
            if let entry = try entry() {
                entries.append(entry)
            } else {
                source = start
                source.skip { $0 != 0x0A }
            }
        }
        return entries
    }

    private mutating func entry() throws(Diagnostic) -> DotenvEntry? {
        let line = source.line
        if source.starts(with: "export"), let next = source.peek(6), Self.isSpace(next) {
            source.skip(6)
            source.skip(while: Self.isSpace)
        }
        let start = source.offset
        source.skip { Self.isKey($0) }
        let key = source.bytes(start..<source.offset)
        guard !key.isEmpty, separator() else { return nil }
        return DotenvEntry(key: key, value: try value(), line: line)
    }

    /// `=` after any white space, or `:` before some.
    private mutating func separator() -> Bool {
        if source.peek() == UInt8(ascii: ":"), let next = source.peek(1), Self.isSpace(next) {
            source.skip(2)
            return true
        }
        source.skip(while: Self.isSpace)
        guard source.peek() == UInt8(ascii: "=") else { return false }
        source.skip()
        return true
    }

    private mutating func value() throws(Diagnostic) -> SecretBytes {
        let start = source
        source.skip(while: Self.isSpace)
        if let quote = source.peek(), [0x22, 0x27, 0x60].contains(quote), let end = closing(quote) {
            let range = source.offset + 1..<end
            source.skip(end + 1 - source.offset)
            skipTail()
            return quote == 0x22 ? try expanded(range) : try source.secret(range)
        }
        source = start
        let begin = source.offset
        source.skip { $0 != UInt8(ascii: "#") && $0 != 0x0A }
        let range = unquoted(source.trimmed(begin..<source.offset))
        let value = try range.isQuotedDouble ? expanded(range.bounds) : source.secret(range.bounds)
        source.skip { $0 != 0x0A }
        return value
    }

    /// Quotes around a value that was read as text, which happens where a `#` stands inside them.
    private func unquoted(_ range: Range<Int>) -> (bounds: Range<Int>, isQuotedDouble: Bool) {
        let bytes = { (offset: Int) in source.peek(offset - source.offset) }
        guard let first = range.first, let last = range.last, last > first, let quote = bytes(first) else {
            return (range, false)
        }
        let startsDouble = quote == 0x22
        guard [0x22, 0x27, 0x60].contains(quote), bytes(last) == quote else { return (range, startsDouble) }
        return (first + 1..<last, startsDouble)
    }

    /// The quote that closes the value: behind it only white space or a comment may stand on its line.
    ///
    /// An escaped quote closes it only where no later one does.
    private func closing(_ quote: UInt8) -> Int? {
        var candidates: [Int] = []
        var ahead = 1
        while let byte = source.peek(ahead) {
            if byte == quote {
                candidates.append(ahead)
                guard source.peek(ahead - 1) == UInt8(ascii: "\\"), ahead > 1 else { break }
            }
            ahead += 1
        }
        return candidates.last(where: endsLine).map { source.offset + $0 }
    }

    private func endsLine(_ quoteAhead: Int) -> Bool {
        var ahead = quoteAhead + 1
        while let byte = source.peek(ahead), byte == 0x20 || byte == 0x09 { ahead += 1 }
        let next = source.peek(ahead)
        return next == nil || next == 0x0A || next == UInt8(ascii: "#")
    }

    private mutating func skipTail() { source.skip { $0 != 0x0A } }

    private func expanded(_ range: Range<Int>) throws(Diagnostic) -> SecretBytes {
        try DotenvEscapes.expand(source.secret(range), in: source) { letter in
            switch letter {
            case UInt8(ascii: "n"): 0x0A
            case UInt8(ascii: "r"): 0x0D
            default: nil
            }
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func isKey(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || [0x5F, 0x2E, 0x2D].contains(byte)
    }
}
