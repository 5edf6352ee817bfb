package import Diagnostics

/// What a rule is called, how grave it is, and why it exists.
package struct RuleFacts: Sendable {
    /// How seldom a finding is wrong.
    package enum Confidence: String, Sendable {
        /// What is found is there.
        case high
        /// It is nearly always there.
        case medium
        /// It is a guess worth a look.
        case low
    }

    /// The short name, such as `P01`.
    package let code: String
    /// The name in messages, reports and ignore comments, such as `repository-wildcard`.
    package let id: Diagnostic.ID
    /// The ids of the reader's own refusals that the rule stands for.
    package let refusals: [Diagnostic.ID]
    /// How grave a finding is, unless the finding says otherwise.
    package let severity: Diagnostic.Severity
    /// How seldom a finding is wrong.
    package let confidence: Confidence
    /// From which persona on the rule runs.
    package let persona: Persona
    /// Whether `--fix` can mend some findings.
    package let isFixable: Bool
    /// The rule in one sentence.
    package let summary: String
    /// What is found.
    package let avoid: String
    /// What to write instead.
    package let prefer: String
    /// What goes wrong otherwise.
    package let why: String

    /// States the facts of a rule; `avoid` and `prefer` are code.
    init(
        _ code: String,
        _ id: String,
        _ severity: Diagnostic.Severity,
        confidence: Confidence = .high,
        persona: Persona = .regular,
        refusals: [Diagnostic.ID] = [],
        isFixable: Bool = false,
        summary: String,
        avoid: String,
        prefer: String,
        why: String
    ) {
        self.code = code
        self.id = Diagnostic.ID(id)
        self.refusals = refusals
        self.severity = severity
        self.confidence = confidence
        self.persona = persona
        self.isFixable = isFixable
        self.summary = summary
        self.avoid = avoid
        self.prefer = prefer
        self.why = why
    }

    /// Whether diagnostics of this id are the rule's.
    package func reports(_ id: Diagnostic.ID) -> Bool { id == self.id || refusals.contains(id) }

    /// Whether somebody who writes `name` means this rule.
    package func isCalled(_ name: String) -> Bool {
        name == code || reports(Diagnostic.ID(name))
    }

    /// The rule's section of the documentation, in Markdown.
    package var section: String {
        var properties = "\(severity.rawValue), confidence \(confidence.rawValue)"
        if persona != .regular { properties += ", only for the \(persona.rawValue) persona" }
        if isFixable { properties += ", mended by `--fix`" }
        if !refusals.isEmpty { properties += "; reported as \(refusals.map { "`\($0)`" }.joined(separator: ", "))" }
        return """
            ### \(code) \(id)

            \(summary) (\(properties))

            Avoid:

            ```
            \(avoid)
            ```

            Prefer:

            ```
            \(prefer)
            ```

            Why: \(why)

            """
    }
}
