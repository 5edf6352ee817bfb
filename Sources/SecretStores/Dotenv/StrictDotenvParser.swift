internal import Diagnostics
internal import Secrets

/// Reads only what npm's dotenv, python-dotenv and Docker Compose read alike.
///
/// `KEY=value`, one a line, `export` in front, comments on lines of their own or after a space. Unquoted values hold no
/// quote, backslash, `$` or `#`; single quotes keep everything but `'`, `\\`, `\'` and `${`; double quotes know `\n` and `\r`.
struct StrictDotenvParser {
    private var source: DotenvSource
    private var seen: [[UInt8]: Int] = [:]

    init(_ source: DotenvSource) { self.source = source }

    mutating func entries() throws(Diagnostic) -> [DotenvEntry] {
        var entries: [DotenvEntry] = []
        guard source.scalar(at: 0) != "\u{FEFF}" else {
            throw source.failure("the file starts with a byte-order mark", help: "save it as UTF-8 without one")
        }
        while true {
            source.skip { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
            guard let byte = source.peek() else { return entries }
            if isLineEnd {
                source.skip()
            } else if byte == UInt8(ascii: "#") {
                try comment()
            } else {
                entries.append(try entry())
            }
        }
    }

    /// Whether the cursor stands at the end of a line; a carriage return is part of it only before a line feed.
    private var isLineEnd: Bool {
        source.isAtEnd || source.peek() == 0x0A || source.peek() == 0x0D && source.peek(1) == 0x0A
    }

    private mutating func entry() throws(Diagnostic) -> DotenvEntry {
        let line = source.line
        if source.starts(with: "export ") { source.skip(7) }
        let key = try key()
        if let first = seen.updateValue(line, forKey: key) {
            let help = "remove one: libraries disagree on which counts"
            throw source.failure("is set in line \(first) too", .dotenvDuplicateKey, key: key, line: line, help: help)
        }
        let value: SecretBytes
        switch source.peek() {
        case UInt8(ascii: "'"): value = try quoted(key, line, by: UInt8(ascii: "'"))
        case UInt8(ascii: "\""): value = try quoted(key, line, by: UInt8(ascii: "\""))
        default: value = try unquoted(key)
        }
        return DotenvEntry(key: key, value: value, line: line)
    }

    private mutating func key() throws(Diagnostic) -> [UInt8] {
        let start = source.offset
        source.skip { SecretName(String(UnicodeScalar($0))) != nil || (0x30...0x39).contains($0) }
        let key = source.bytes(start..<source.offset)
        guard SecretName(String(decoding: key, as: UTF8.self)) != nil, source.peek() == UInt8(ascii: "=") else {
            throw source.failure(
                "this is no `KEY=value`", help: "write the key, `=` and the value without spaces between")
        }
        source.skip()
        return key
    }

    /// Skips a comment, which must not hold what starts a new line for some.
    private mutating func comment() throws(Diagnostic) {
        while !isLineEnd, let scalar = source.scalar(at: source.offset) {
            guard scalar != "\r", scalar != "\u{2028}", scalar != "\u{2029}" else {
                throw source.failure(
                    "the comment holds a character that ends the line for some libraries",
                    help: "remove it; it is a carriage return, U+2028 or U+2029"
                )
            }
            source.skip(UTF8.width(scalar))
        }
    }

    // MARK: - Unquoted

    private mutating func unquoted(_ key: [UInt8]) throws(Diagnostic) -> SecretBytes {
        let start = source.offset
        var end = start
        while !isLineEnd, let scalar = source.scalar(at: source.offset) {
            if scalar == "#" {
                // Compose wants a space, and no tab, in front of a comment.
                guard end > start, source.byte(at: source.offset - 1) == 0x20 else {
                    throw needsQuotes(key, "holds `#`")
                }
                try comment()
                break
            }
            if scalar == " " || scalar == "\t" {
                guard source.offset > start else { throw needsQuotes(key, "starts with a space") }
                source.skip()
            } else {
                if let what = Self.ambiguity(of: scalar) { throw needsQuotes(key, what) }
                source.skip(UTF8.width(scalar))
                end = source.offset
            }
        }
        return try source.secret(start..<end)
    }

    private static func ambiguity(of scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "'", "\"", "`": "holds a quote"
        case "\\": "holds a backslash"
        case "$": "holds `$`, which some expand"
        case "\0"..<" ", "\u{7F}": "holds a control character"
        default: DotenvSpace.isInvisible(scalar) ? "holds an invisible space, U+\(hex(scalar))" : nil
        }
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }

    private func needsQuotes(_ key: [UInt8], _ what: String) -> Diagnostic {
        source.failure(
            "the value \(what), and libraries read that differently",
            key: key,
            help: "put it in single quotes, or choose with `--dotenv-dialect node`, `python` or `compose`"
        )
    }

    // MARK: - Quoted

    private mutating func quoted(_ key: [UInt8], _ line: Int, by quote: UInt8) throws(Diagnostic) -> SecretBytes {
        source.skip()
        do {
            var buffer = try SecretBuffer(capacity: 256)
            while let byte = source.next() {
                if byte == quote {
                    try endOfLine(key)
                    return buffer.finish()
                }
                try buffer.append(quote == UInt8(ascii: "'") ? literal(byte, key) : expanded(byte, key))
            }
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw source.noMemory
        }
        throw source.unterminated(key, line)
    }

    /// A byte in single quotes, where python-dotenv alone knows two escapes and expands `${`.
    private func literal(_ byte: UInt8, _ key: [UInt8]) throws(Diagnostic) -> UInt8 {
        let next = source.peek()
        if byte == UInt8(ascii: "\\"), next == UInt8(ascii: "\\") || next == UInt8(ascii: "'") {
            throw differs(key, "holds an escaped backslash or quote")
        }
        if byte == UInt8(ascii: "$"), next == UInt8(ascii: "{") { throw differs(key, "holds `${`, which some expand") }
        if byte == 0x0D { throw carriageReturn(key) }
        return byte
    }

    /// A byte in double quotes.
    private mutating func expanded(_ byte: UInt8, _ key: [UInt8]) throws(Diagnostic) -> UInt8 {
        switch byte {
        case UInt8(ascii: "$"): throw differs(key, "holds `$`, which some expand")
        case 0x0D: throw carriageReturn(key)
        case UInt8(ascii: "\\"):
            switch source.next() {
            case UInt8(ascii: "n"): return 0x0A
            case UInt8(ascii: "r"): return 0x0D
            default: throw differs(key, "holds an escape other than `\\n` and `\\r`")
            }
        default: return byte
        }
    }

    private func differs(_ key: [UInt8], _ what: String) -> Diagnostic {
        source.failure(
            "the quoted value \(what), and libraries read that differently",
            key: key,
            help: "use the other quotes, or choose with `--dotenv-dialect node`, `python` or `compose`"
        )
    }

    private func carriageReturn(_ key: [UInt8]) -> Diagnostic {
        source.failure(
            "the quoted value holds a carriage return, which some remove",
            key: key,
            help: "save the file with line breaks of Unix, or write `\\r\\n` in double quotes"
        )
    }

    private mutating func endOfLine(_ key: [UInt8]) throws(Diagnostic) {
        let afterQuote = source.offset
        source.skip { $0 == 0x20 || $0 == 0x09 }
        if source.peek() == UInt8(ascii: "#"), source.offset > afterQuote { try comment() }
        guard isLineEnd else {
            throw source.failure(
                "something follows the closing quote", key: key, help: "remove it, or quote all of the value")
        }
    }
}
