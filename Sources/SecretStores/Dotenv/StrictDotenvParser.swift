internal import Diagnostics
internal import Secrets

/// Reads only what npm's dotenv, python-dotenv and Docker Compose read alike.
///
/// `KEY=value`, one a line, `export` in front, comments on lines of their own or after white space. Unquoted values hold no
/// quote, backslash, `$` or `#`; single quotes keep everything but `'`, `\\`, `\'` and `${`; double quotes know `\n` and `\r`.
struct StrictDotenvParser {
    private var source: DotenvSource
    private var seen: [[UInt8]: Int] = [:]

    init(_ source: DotenvSource) { self.source = source }

    mutating func entries() throws(Diagnostic) -> [DotenvEntry] {
        var entries: [DotenvEntry] = []
        while true {
            source.skip { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
            guard let byte = source.peek() else { return entries }
            if byte == UInt8(ascii: "#") {
                source.skip { $0 != 0x0A }
            } else {
                entries.append(try entry())
            }
        }
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

    // MARK: - Values

    private mutating func unquoted(_ key: [UInt8]) throws(Diagnostic) -> SecretBytes {
        let start = source.offset
        var end = start
        while let byte = source.peek(), byte != 0x0A {
            switch byte {
            case UInt8(ascii: "#"):
                guard end > start, source.offset > end else { throw needsQuotes(key, "holds `#`") }
                source.skip { $0 != 0x0A }
                return try source.secret(start..<end)
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): throw needsQuotes(key, "holds a quote")
            case UInt8(ascii: "\\"): throw needsQuotes(key, "holds a backslash")
            case UInt8(ascii: "$"): throw needsQuotes(key, "holds `$`, which some expand")
            case 0x20, 0x09:
                if source.offset == start { throw needsQuotes(key, "starts with a space") }
                source.skip()
            case 0..<0x20, 0x7F: throw needsQuotes(key, "holds a control character")
            default:
                source.skip()
                end = source.offset
            }
        }
        return try source.secret(start..<end)
    }

    private func needsQuotes(_ key: [UInt8], _ what: String) -> Diagnostic {
        source.failure(
            "the value \(what), and libraries read that differently",
            key: key,
            help: "put it in single quotes, or choose with `--dotenv-dialect node`, `python` or `compose`"
        )
    }

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
        throw source.failure(
            "the quote is never closed",
            .dotenvUnterminatedQuote,
            key: key,
            line: line,
            help: "close it; a value over several lines ends with the same quote"
        )
    }

    /// A byte in single quotes, where python-dotenv alone knows two escapes and expands `${`.
    private func literal(_ byte: UInt8, _ key: [UInt8]) throws(Diagnostic) -> UInt8 {
        let next = source.peek()
        if byte == UInt8(ascii: "\\"), next == UInt8(ascii: "\\") || next == UInt8(ascii: "'") {
            throw differs(key, "holds an escaped backslash or quote")
        }
        if byte == UInt8(ascii: "$"), next == UInt8(ascii: "{") { throw differs(key, "holds `${`, which some expand") }
        if byte == 0x0D { throw differs(key, "holds a carriage return") }
        return byte
    }

    /// A byte in double quotes.
    private mutating func expanded(_ byte: UInt8, _ key: [UInt8]) throws(Diagnostic) -> UInt8 {
        switch byte {
        case UInt8(ascii: "$"): throw differs(key, "holds `$`, which some expand")
        case 0x0D: throw differs(key, "holds a carriage return")
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

    private mutating func endOfLine(_ key: [UInt8]) throws(Diagnostic) {
        let afterQuote = source.offset
        source.skip { $0 == 0x20 || $0 == 0x09 }
        if source.peek() == UInt8(ascii: "#"), source.offset > afterQuote { source.skip { $0 != 0x0A } }
        guard source.isAtEnd || source.peek() == 0x0A else {
            throw source.failure(
                "something follows the closing quote", key: key, help: "remove it, or quote all of the value")
        }
    }
}
