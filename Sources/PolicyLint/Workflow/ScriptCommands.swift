/// The commands of a shell's script, each as its words, as far as one sees them without running it.
///
/// Those of substitutions and subshells are commands, too. In doubt there is a command too many.
struct ScriptCommands {
    /// What a closing sign leads back to.
    private struct Frame {
        let closing: Character
        let quote: Character?
        let words: [String]
        let word: String?
    }

    private(set) var all: [[String]] = []
    private var frames: [Frame] = []
    private var quote: Character?
    private var words: [String] = []
    /// The word that is read; nil between words.
    private var word: String?
    private var rest: Substring

    /// Takes a script apart.
    init(_ script: String) {
        rest = script[...]
        read()
        guard quote != nil else { return }
        // A quote that is none, as in a text for a command, must not hide what comes behind it.
        all += script.split(whereSeparator: \.isNewline).flatMap { line in ScriptCommands(line: line).all }
    }

    private init(line: Substring) {
        rest = line
        read()
    }

    private mutating func read() {
        while let next = rest.first {
            if rest.hasPrefix("${{") {
                expression()
                continue
            }
            rest.removeFirst()
            if quote == "'" { inSingleQuotes(next) } else { step(next) }
        }
        endCommand()
        while let frame = frames.popLast() {
            (words, word) = (frame.words, frame.word)
            endCommand()
        }
    }

    private mutating func expression() {
        let end = rest.firstRange(of: "}}")?.upperBound ?? rest.endIndex
        word = (word ?? "") + rest[..<end]
        rest = rest[end...]
    }

    private mutating func inSingleQuotes(_ next: Character) {
        if next == "'" { quote = nil } else { word = (word ?? "") + String(next) }
    }

    private mutating func step(_ next: Character) {
        switch next {
        case "\\": escape()
        case "\"":
            quote = quote == nil ? next : nil
            word = word ?? ""
        case "$" where rest.first == "(":
            rest.removeFirst()
            open(closing: ")")
        case "`":
            if frames.last?.closing == "`" { close() } else { open(closing: "`") }
        case _ where quote != nil: word = (word ?? "") + String(next)
        default: unquoted(next)
        }
    }

    private mutating func unquoted(_ next: Character) {
        switch next {
        case "'":
            quote = next
            word = word ?? ""
        case "#" where word == nil: rest = rest.drop { !$0.isNewline }
        case "(" where word == nil: open(closing: ")")
        case ")":
            if frames.last?.closing == ")" { close() } else { endCommand() }
        case _ where next.isNewline || ";&|".contains(next): endCommand()
        case _ where next.isWhitespace: endWord()
        default: word = (word ?? "") + String(next)
        }
    }

    /// A line break behind a backslash is none.
    private mutating func escape() {
        guard let next = rest.popFirst(), !next.isNewline else { return }
        word = (word ?? "") + String(next)
    }

    private mutating func open(closing: Character) {
        frames.append(Frame(closing: closing, quote: quote, words: words, word: word))
        (quote, words, word) = (nil, [], nil)
    }

    private mutating func close() {
        endCommand()
        guard let frame = frames.popLast() else { return }
        (quote, words, word) = (frame.quote, frame.words, (frame.word ?? "") + "$")
    }

    private mutating func endWord() {
        if let word { words.append(word) }
        word = nil
    }

    private mutating func endCommand() {
        endWord()
        if !words.isEmpty { all.append(words) }
        words = []
    }
}
