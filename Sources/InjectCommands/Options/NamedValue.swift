/// `NAME=VALUE` of an option that may be repeated.
struct NamedValue {
    let name: String
    let value: String

    /// Takes a text apart at the first `=`; nil without one, or without a name before it.
    init?(_ text: String) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
        name = String(text[..<equals])
        value = String(text[text.index(after: equals)...])
    }
}
