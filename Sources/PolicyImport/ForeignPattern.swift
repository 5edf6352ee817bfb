/// A value of another system's condition.
enum ForeignPattern: Sendable {
    /// The claim must be exactly this.
    case exact(String)
    /// `*` is anything at all, as in IAM's StringLike and in Vault's globs.
    case wildcard(String)

    /// `*` is anything without `/`, as it is with us.
    case segments(String)

    /// The text.
    var text: String {
        switch self {
        case .exact(let text), .wildcard(let text), .segments(let text): text
        }
    }

    /// The same pattern for another text, such as a part of this one.
    func of(_ text: String) -> ForeignPattern {
        switch self {
        case .exact: .exact(text)
        case .wildcard: .wildcard(text)
        case .segments: .segments(text)
        }
    }

    /// A pattern of ours that matches nothing which this one does not match.
    ///
    /// Ours keeps `*` within a segment, so it is the narrower one, and the same where `*` is the last segment: `**`.
    func pattern() throws(Inexpressible) -> String {
        guard !text.contains("?") else { throw Inexpressible("`?` in `\(text)`") }
        var segments = text.split(separator: "/", omittingEmptySubsequences: false).map(Self.collapsed)
        switch self {
        case .exact:
            guard !text.contains("*") else { throw Inexpressible("the literal `*` of `\(text)`") }
            return text
        case .segments: break
        case .wildcard: if segments.last == "*" { segments[segments.count - 1] = "**" }
        }
        return segments.joined(separator: "/")
    }

    /// A segment in which no star follows a star.
    static func collapsed(_ segment: Substring) -> String {
        segment.reduce(into: "") { text, character in
            if character != "*" || text.last != "*" { text.append(character) }
        }
    }
}
