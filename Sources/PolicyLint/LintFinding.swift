package import Diagnostics

/// Something a rule found.
package struct LintFinding: Sendable {
    /// The rule.
    package let facts: RuleFacts
    /// What to tell the user.
    package let diagnostic: Diagnostic
    /// What would mend it, where a program can.
    package let fix: LintFix?

    /// The file it is in; nil for one about no file.
    package var file: String? {
        switch diagnostic.place {
        case .span(let span, _): span.source.name
        case .line(let file, _), .file(let file): file
        case nil: nil
        }
    }

    /// The 1-based line; 1 for a whole file.
    package var line: Int {
        switch diagnostic.place {
        case .span(let span, _): span.line
        case .line(_, let line): line
        case .file, nil: 1
        }
    }

    /// Whether the reader refused the file for it, so that no comment can silence it.
    package var isRefusal: Bool { facts.refusals.contains(diagnostic.id) }

    /// Files in the order of their names, findings in the order of the file, errors before the rest of a line.
    static func precedes(_ left: LintFinding, _ right: LintFinding) -> Bool {
        let names = (left.file ?? "", right.file ?? "")
        if names.0 != names.1 { return names.0 < names.1 }
        if left.offset != right.offset { return left.offset < right.offset }
        return left.facts.code < right.facts.code
    }

    private var offset: Int {
        guard case .span(let span, _) = diagnostic.place else { return 0 }
        return span.range.lowerBound
    }
}
