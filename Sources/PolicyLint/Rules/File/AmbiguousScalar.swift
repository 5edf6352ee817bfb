internal import Diagnostics
internal import YAMLSyntax

/// Y03: a value without quotes that other readers take for a number, a time or a truth value.
package struct AmbiguousScalar: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "Y03",
        "ambiguous-scalar",
        .warning,
        isFixable: true,
        summary: "A value without quotes that other readers take for a number, a time or a truth value.",
        avoid: """
            mode: 0400
            """,
        prefer: """
            mode: "0400"
            """,
        why:
            "inject reads every value as text; an editor, a script or a reader of YAML 1.1 does not, and shows a reviewer another value."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        var scalars: [YAMLNode] = []
        if let root = subject.root { Self.collect(root, into: &scalars) }
        return scalars.compactMap { node in
            guard let text = node.text, node.isPlain, Self.isAmbiguous(text) else { return nil }
            return finding(
                "`\(text)` is text here and something else for other readers of YAML",
                node.span,
                help: "write \"\(text)\"",
                fix: LintFix(subject.source, node.span.range, "\"\(text)\"")
            )
        }
    }

    private static func collect(_ node: YAMLNode, into scalars: inout [YAMLNode]) {
        switch node.content {
        case .scalar: scalars.append(node)
        case .sequence(let elements): for element in elements { collect(element, into: &scalars) }
        case .mapping(let pairs): for pair in pairs { collect(pair.value, into: &scalars) }
        }
    }

    private static let words: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"]
    private static let longestWord = 5

    /// What YAML 1.1 or 1.2 resolves to a type other than text.
    private static func isAmbiguous(_ text: String) -> Bool {
        if text.utf8.count <= longestWord, words.contains(text.lowercased()) { return true }
        let body = text.utf8.first.map { $0 == 0x2B || $0 == 0x2D } == true ? text.dropFirst() : text[...]
        guard let first = body.utf8.first, (0x30...0x39).contains(first) else { return false }
        let digits = body.utf8.allSatisfy { (0x30...0x39).contains($0) || "_.:-".utf8.contains($0) }
        return digits || Double(body) != nil || body.hasPrefix("0x") || body.hasPrefix("0o")
    }
}
