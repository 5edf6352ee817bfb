internal import Diagnostics
internal import YAMLSyntax

/// The `${{ … }}` of a script that all stand between double quotes of the shell.
struct ScriptExpressions {
    /// One of them, with the bytes of the file that it is in.
    struct Expression {
        let text: String
        let range: Range<Int>
    }

    private enum State { case plain, single, double, comment }

    private(set) var all: [Expression] = []
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var state = State.plain

    /// Reads a script; nil where one stands elsewhere, or where the quotes are more than this reader follows.
    ///
    /// The bytes of the file are the script only in a text of one line or in a block that keeps its lines.
    init?(_ script: YAMLNode) {
        guard let text = script.text, !Self.runsText(text) else { return nil }
        let source = script.span.source
        bytes = source.bytes[script.span.range]
        position = bytes.startIndex
        if bytes.first == UInt8(ascii: "|") {
            position = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        } else if !script.isPlain || bytes.contains(UInt8(ascii: "\n")) {
            return nil
        }
        while position < bytes.endIndex {
            guard step() else { return nil }
        }
        guard state != .double, state != .single else { return nil }
    }

    /// Whether a command may take a text for a script, in which a variable is no safer than what was pasted.
    private static func runsText(_ script: String) -> Bool {
        script.split { " \t\n;&|()".contains($0) }.contains { word in
            ["eval", "ssh", "trap", "source", ".", "xargs", "parallel"].contains(word)
                || word.hasPrefix("-") && !word.hasPrefix("--") && (word.hasSuffix("c") || word.hasSuffix("e"))
        }
    }

    private mutating func step() -> Bool {
        let byte = bytes[position]
        if starts("${{") { return expression() }
        if byte == UInt8(ascii: "\\"), state == .plain || state == .double {
            position += 2
            return true
        }
        defer { position += 1 }
        switch (state, byte) {
        case (.comment, UInt8(ascii: "\n")): state = .plain
        case (.single, UInt8(ascii: "'")), (.double, UInt8(ascii: "\"")): state = .plain
        case (.plain, UInt8(ascii: "'")): state = .single
        case (.plain, UInt8(ascii: "\"")): state = .double
        case (.plain, UInt8(ascii: "#")) where isAfterSpace: state = .comment
        default: return state == .comment || state == .single || !isNested
        }
        return true
    }

    /// Commands inside of quotes, and texts up to a word, have quotes of their own.
    private var isNested: Bool { starts("$(") || starts("`") || starts("<<") || starts("$'") }

    private var isAfterSpace: Bool {
        position == bytes.startIndex || " \t\n;".utf8.contains(bytes[position - 1])
    }

    private func starts(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    private mutating func expression() -> Bool {
        var end = position + 3
        while end + 1 < bytes.endIndex, !bytes[end...].starts(with: "}}".utf8) { end += 1 }
        guard end + 1 < bytes.endIndex else { return false }
        let text = String(decoding: bytes[(position + 3)..<end], as: UTF8.self)
        if state == .double {
            all.append(Expression(text: text.filter { $0 != " " }, range: position..<(end + 2)))
        } else if TemplateInjection.isChosen(text) {
            return false
        }
        position = end + 2
        return true
    }
}
