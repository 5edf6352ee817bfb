internal import Diagnostics
internal import Secrets

/// Reads as `dotenv` of npm does: a line that is no assignment is skipped, a quote that is never closed is text, `\n` and `\r`
/// count in double quotes alone, `$` is text.
///
/// The library is one regular expression; what it would try again, and in which order, is written out here.
struct NodeDotenvParser {
    private var source: DotenvSource

    init(_ source: DotenvSource) { self.source = source }

    mutating func entries() throws(Diagnostic) -> [DotenvEntry] {
        var entries: [DotenvEntry] = []
        while true {
            source.skip(.javaScript)
            guard !source.isAtEnd else { return entries }
            if let entry = try entry(afterExport: true) {
                entries.append(entry)
            } else if let entry = try entry(afterExport: false) {
                entries.append(entry)
            } else {
                skipLine()
            }
        }
    }

    /// The assignment at the cursor, which stays where it is if there is none.
    private mutating func entry(afterExport: Bool) throws(Diagnostic) -> DotenvEntry? {
        let line = source.line
        var ahead = source
        if afterExport {
            guard ahead.starts(with: "export") else { return nil }
            ahead.skip(6)
            let afterWord = ahead.offset
            ahead.skip(.javaScript)
            guard ahead.offset > afterWord else { return nil }
        }
        let start = ahead.offset
        ahead.skip(while: Self.isKey)
        let key = ahead.bytes(start..<ahead.offset)
        guard !key.isEmpty, Self.skipSeparator(&ahead) else { return nil }
        source = ahead
        return DotenvEntry(key: key, value: try value(), line: line)
    }

    /// `=` after any white space, or `:` before some.
    private static func skipSeparator(_ source: inout DotenvSource) -> Bool {
        if source.peek() == UInt8(ascii: ":"), let next = source.scalar(at: source.offset + 1),
            DotenvSpace.javaScript.contains(next)
        {
            source.skip(1 + UTF8.width(next))
            return true
        }
        source.skip(.javaScript)
        guard source.peek() == UInt8(ascii: "=") else { return false }
        source.skip()
        return true
    }

    // MARK: - Values

    private mutating func value() throws(Diagnostic) -> SecretBytes {
        let start = source
        source.skip(.javaScript)
        if let quote = source.peek(), Self.isQuote(quote), let end = closing(quote) {
            let range = source.offset + 1..<end
            source.skip(end + 1 - source.offset)
            skipTail()
            return quote == 0x22 ? try expanded(range) : try source.secret(range)
        }
        source = start
        source.skip { $0 != UInt8(ascii: "#") && $0 != 0x0A }
        let range = source.trimmed(start.offset..<source.offset, .javaScript)
        skipTail()
        guard !source.holdsLineSeparator(range) else {
            let help = "remove it: only JavaScript ends a line there"
            throw source.failure("the value holds U+2028 or U+2029", line: start.line, help: help)
        }
        return try unquoted(range)
    }

    /// A value read as text; quotes around it go, and a double one in front expands escapes even without its partner.
    private func unquoted(_ range: Range<Int>) throws(Diagnostic) -> SecretBytes {
        guard let first = source.byte(at: range.lowerBound), !range.isEmpty, Self.isQuote(first) else {
            return try source.secret(range)
        }
        let isEnclosed = range.count > 1 && source.byte(at: range.upperBound - 1) == first
        let inner = isEnclosed ? range.lowerBound + 1..<range.upperBound - 1 : range
        return first == 0x22 ? try expanded(inner) : try source.secret(inner)
    }

    /// The quote that closes the value: behind it only white space or a comment may stand on its line.
    ///
    /// An escaped quote closes it only where no later one does.
    private func closing(_ quote: UInt8) -> Int? {
        var candidates: [Int] = []
        var place = source.offset + 1
        while let byte = source.byte(at: place) {
            if byte == quote {
                candidates.append(place)
                let isEscaped = place > source.offset + 1 && source.byte(at: place - 1) == UInt8(ascii: "\\")
                guard isEscaped else { break }
            }
            place += 1
        }
        return candidates.last(where: endsLine)
    }

    private func endsLine(_ quote: Int) -> Bool {
        var place = quote + 1
        while let scalar = source.scalar(at: place), !Self.endsLine(scalar), DotenvSpace.javaScript.contains(scalar) {
            place += UTF8.width(scalar)
        }
        guard let next = source.scalar(at: place) else { return true }
        return next == "#" || Self.endsLine(next)
    }

    /// Skips white space, over any number of lines, and one comment behind it.
    private mutating func skipTail() {
        source.skip(.javaScript)
        if source.peek() == UInt8(ascii: "#") { skipLine() }
    }

    private mutating func skipLine() {
        while let scalar = source.scalar(at: source.offset), !Self.endsLine(scalar) { source.skip(UTF8.width(scalar)) }
    }

    /// Whether a line ends here for JavaScript's `^`, `$` and `.`; carriage returns are line feeds by now.
    private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    private func expanded(_ range: Range<Int>) throws(Diagnostic) -> SecretBytes {
        try DotenvEscapes.expand(source.secret(range), in: source) { letter in
            switch letter {
            case UInt8(ascii: "n"): 0x0A
            case UInt8(ascii: "r"): 0x0D
            default: nil
            }
        }
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x60 }

    private static func isKey(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || [0x5F, 0x2E, 0x2D].contains(byte)
    }
}
