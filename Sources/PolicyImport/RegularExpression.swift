/// The part of regular expressions that our patterns can say: texts, alternatives, `.*` and `[^/]*`.
///
/// octo-sts anchors its patterns at both ends.
enum RegularExpression {
    /// The alternatives of an expression, each as a pattern that matches nothing else.
    static func alternatives(of text: String) throws(Inexpressible) -> [ForeignPattern] {
        var body = Substring(text)
        if body.hasPrefix("^") { body = body.dropFirst() }
        if body.hasSuffix("$"), !body.hasSuffix("\\$") { body = body.dropLast() }
        var found: [String] = [""]
        var staysInSegment = false
        var rest = body
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                guard let next = rest.popFirst(), !next.isLetter, !next.isNumber, next != "*" else {
                    throw Inexpressible("the expression `\(text)`")
                }
                found = found.map { $0 + String(next) }
            case "." where rest.hasPrefix("*"), "[" where rest.hasPrefix("^/]*"):
                staysInSegment = staysInSegment || character == "["
                rest = rest.dropFirst(character == "." ? 1 : 4)
                found = found.map { $0 + "*" }
            case "(":
                guard let end = rest.firstIndex(of: ")") else { throw Inexpressible("the expression `\(text)`") }
                let words = try words(of: rest[..<end], in: text)
                rest = rest[rest.index(after: end)...]
                guard found.count * words.count <= 64 else { throw Inexpressible("the expression `\(text)`") }
                found = found.flatMap { start in words.map { start + $0 } }
            // Any character, and so this one, too.
            case ".": found = found.map { $0 + "." }
            case "*", "+", "?", "[", "]", "{", "}", "|", ")", "^", "$":
                throw Inexpressible("the expression `\(text)`")
            default: found = found.map { $0 + String(character) }
            }
        }
        return found.map { staysInSegment ? .segments($0) : .wildcard($0) }
    }

    /// `a|b`: plain words.
    private static func words(of group: Substring, in text: String) throws(Inexpressible) -> [String] {
        let body = group.hasPrefix("?:") ? group.dropFirst(2) : group
        guard body.allSatisfy({ $0.isLetter || $0.isNumber || "_-/|".contains($0) }) else {
            throw Inexpressible("the expression `\(text)`")
        }
        return body.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
}
