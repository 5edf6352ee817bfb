/// A regular language, as the model of tokens writes down what a claim's value can be.
indirect enum Language: Hashable, Sendable {
    /// Exactly these bytes.
    case text([UInt8])
    /// One byte of a set.
    case byte(ByteSet)
    /// One after the other.
    case sequence([Language])
    /// Any of them.
    case choice([Language])
    /// One or more.
    case repeated(Language)
    /// One or none.
    case optional(Language)

    /// Exactly this text.
    static func text(_ text: String) -> Language { .text(Array(text.utf8)) }

    /// Any of these texts.
    static func words(_ words: [String]) -> Language { .choice(words.map { text($0) }) }

    /// Any text, the empty one too.
    static let anything = Language.optional(.repeated(.byte(.text)))
}
