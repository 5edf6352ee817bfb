internal import Diagnostics
internal import YAMLSyntax

/// W12: a job that runs inject leaves its token in the checkout and uploads files.
package struct PersistCredentials: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W12",
        "persist-credentials",
        .warning,
        confidence: .medium,
        isFixable: true,
        summary: "A job that runs inject leaves its token in the checkout and uploads files.",
        avoid: """
            - uses: actions/checkout@…
            - uses: actions/upload-artifact@…
            """,
        prefer: """
            - uses: actions/checkout@…
              with: { persist-credentials: false }
            """,
        why: "The checkout's settings hold the job's token, and whoever reads the artifact gets it."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.injectJobs.filter { job in
            job.steps.contains { Self.uses("actions/upload-artifact", $0) }
        }.flatMap { job in
            job.steps.filter { Self.uses("actions/checkout", $0) && !Self.forgets($0) }.compactMap { step in
                guard let node = step["uses"] else { return nil }
                return finding(
                    "job `\(job.id)` uploads files beside a checkout that keeps the job's token",
                    node.span,
                    help: "give the checkout `with: { persist-credentials: false }`",
                    fix: Self.fix(step, node)
                )
            }
        }
    }

    private static func uses(_ action: String, _ step: YAMLNode) -> Bool {
        (step["uses"]?.text ?? "").split(separator: "@").first.map { $0 == action } ?? false
    }

    private static func forgets(_ step: YAMLNode) -> Bool {
        step["with"]?["persist-credentials"]?.text == "false"
    }

    /// Sets the input: in the place of its value, beside the others, or behind the action.
    private static func fix(_ step: YAMLNode, _ action: YAMLNode) -> LintFix? {
        let source = action.span.source
        guard let inputs = step["with"] else {
            guard let key = step.pair("uses")?.keySpan else { return nil }
            return insertion("with: { persist-credentials: false }", behind: action, like: key, of: step, source)
        }
        if let value = inputs["persist-credentials"] { return LintFix(source, value.span.range, "false") }
        guard let last = inputs.pairs.last, last.value.text != nil else { return nil }
        return insertion("persist-credentials: false", behind: last.value, like: last.keySpan, of: inputs, source)
    }

    /// A new pair behind a value: in the same line of a flow map, or in a line of its own below the key.
    private static func insertion(
        _ text: String,
        behind value: YAMLNode,
        like key: SourceSpan,
        of map: YAMLNode,
        _ source: SourceText
    ) -> LintFix? {
        let end = value.span.range.upperBound
        guard source.bytes[map.span.range].first != UInt8(ascii: "{") else {
            return LintFix(source, end..<end, ", " + text)
        }
        guard source.line(at: value.span.range.lowerBound) == source.line(at: end) else { return nil }
        let line = source.line(at: end)
        let lineEnd = source.offset(ofLine: line) + source.text(ofLine: line).utf8.count
        let indent = String(repeating: " ", count: key.range.lowerBound - source.offset(ofLine: key.line))
        return LintFix(source, lineEnd..<lineEnd, "\n" + indent + text)
    }
}
