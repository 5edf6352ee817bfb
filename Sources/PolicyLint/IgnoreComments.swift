internal import Diagnostics

/// The comments that silence a rule in one line: `# inject: ignore[RULE] reason`.
struct IgnoreComments {
    /// One such comment.
    struct Comment {
        let rules: [String]
        let reason: String
        /// The comment itself.
        let span: SourceSpan
        /// The line it is about: its own, or the next where it stands alone.
        let line: Int
    }

    let comments: [Comment]

    init(in sources: [SourceText]) {
        comments = sources.flatMap(Self.comments)
    }

    /// Whether a comment with a reason is about a finding's rule and line.
    func silence(_ finding: LintFinding) -> Bool {
        let (line, file) = (finding.line, finding.file)
        return comments.contains { comment in
            comment.line == line && comment.span.source.name == file && !comment.reason.isEmpty
                && comment.rules.contains(where: finding.facts.isCalled)
        }
    }

    private static let marker = Array("# inject: ignore".utf8)

    private static func comments(in source: SourceText) -> [Comment] {
        var found: [Comment] = []
        var start = 0
        while let hash = source.bytes[start...].firstIndex(of: marker[0]) {
            start = hash + 1
            guard source.bytes[hash...].starts(with: marker) else { continue }
            found.append(comment(at: hash..<(hash + marker.count), in: source))
        }
        return found
    }

    private static func comment(at marker: Range<Int>, in source: SourceText) -> Comment {
        let line = source.line(at: marker.lowerBound)
        let start = source.offset(ofLine: line)
        let end = start + source.text(ofLine: line).utf8.count
        let body = String(decoding: source.bytes[marker.upperBound..<max(end, marker.upperBound)], as: UTF8.self)
        let isAlone = source.bytes[start..<marker.lowerBound].allSatisfy { $0 == UInt8(ascii: " ") }
        let (rules, reason) = parts(of: body)
        return Comment(
            rules: rules,
            reason: reason,
            span: SourceSpan(source, marker.lowerBound..<end),
            line: isAlone ? line + 1 : line
        )
    }

    private static func parts(of body: String) -> ([String], String) {
        guard body.first == "[", let close = body.firstIndex(of: "]") else { return ([], "") }
        let names = body[body.index(after: body.startIndex)..<close].split(separator: ",")
        let reason = body[body.index(after: close)...]
        return (names.map { $0.filter { $0 != " " } }, String(reason.drop { $0 == " " }))
    }
}
