internal import Diagnostics

/// One thing to look for: its facts, and how to find it.
///
/// Each rule is a type in a file of its own; its test and its section of the documentation have the same name.
package protocol LintRule: Sendable {
    /// What the rule is called, how grave it is and why it exists.
    static var facts: RuleFacts { get }

    /// Everything in the subject that the rule has something against.
    func findings(in subject: LintSubject) -> [LintFinding]
}

extension LintRule {
    /// The facts of the rule's type.
    package var facts: RuleFacts { Self.facts }

    /// A finding of this rule at a place that is shown.
    func finding(
        _ message: String,
        _ span: SourceSpan,
        label: String? = nil,
        notes: [String] = [],
        help: String,
        severity: Diagnostic.Severity? = nil,
        fix: LintFix? = nil
    ) -> LintFinding {
        finding(message, at: .span(span, label: label), notes: notes, help: help, severity: severity, fix: fix)
    }

    /// A finding of this rule anywhere.
    func finding(
        _ message: String,
        at place: Diagnostic.Place,
        notes: [String] = [],
        help: String,
        severity: Diagnostic.Severity? = nil,
        fix: LintFix? = nil
    ) -> LintFinding {
        let remarks = notes.map(Diagnostic.Remark.note) + [.help(help), .rule(facts.code)]
        let diagnostic = Diagnostic(severity ?? facts.severity, facts.id, message, at: place, remarks)
        return LintFinding(facts: facts, diagnostic: diagnostic, fix: fix)
    }
}
