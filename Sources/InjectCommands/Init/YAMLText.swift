/// Text as YAML of a policy.
enum YAMLText {
    /// Plain where every reader takes it for text, and quoted elsewhere.
    static func scalar(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    /// One value by itself, several as a list.
    static func list(_ texts: [String]) -> String {
        texts.count == 1 ? scalar(texts[0]) : "[" + texts.map(scalar).joined(separator: ", ") + "]"
    }

    /// In double quotes.
    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static let words: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, (0x61...0x7A).contains(first | 0x20) else { return false }
        return !words.contains(text.lowercased())
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || "_./@-".utf8.contains($0)
            }
    }
}
