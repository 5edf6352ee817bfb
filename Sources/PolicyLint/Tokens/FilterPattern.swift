/// A pattern of a workflow's `branches` or `tags`, said in the language of a policy.
enum FilterPattern {
    /// A glob that matches every ref the filter does, and as few others as its words allow.
    ///
    /// GitHub's filters know `?`, `+` and classes, and their `**` may stand anywhere; a policy's globs do not.
    static func glob(_ filter: String, below prefix: String) -> String {
        var segments: [Substring] = []
        for segment in filter.split(separator: "/", omittingEmptySubsequences: false) {
            guard isPlain(segment) else { return prefix + (segments + ["**"]).joined(separator: "/") }
            segments.append(segment)
        }
        return prefix + segments.joined(separator: "/")
    }

    private static func isPlain(_ segment: Substring) -> Bool {
        !segment.contains("**")
            && segment.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"?+[]\\!".utf8.contains($0) }
    }
}
