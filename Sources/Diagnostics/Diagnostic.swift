/// One thing to tell the user: what happened, where, and what to do about it.
///
/// It is also the error that the user-facing targets throw. Messages are lower case without a full stop, user input
/// stands in backticks, and no part ever holds a secret's value.
package struct Diagnostic: Error, Sendable {
    /// How grave it is.
    package enum Severity: String, Sendable {
        /// Nothing ran, or the check failed.
        case error
        /// It ran, but somebody should look.
        case warning
        /// Worth knowing; nothing fails for it.
        case note
    }

    /// The stable id that tests, ignore comments and scripts refer to, such as `token-expired`.
    package struct ID: Hashable, Sendable, CustomStringConvertible {
        /// The id's text: lower case, words joined by hyphens.
        package let description: String

        /// Names an id; each is declared once, as a static member beside the code that reports it.
        package init(_ description: String) { self.description = description }
    }

    /// Where it is.
    package enum Place: Sendable {
        /// A span that is shown with its line and a caret; the label stands behind the caret.
        case span(SourceSpan, label: String?)
        /// A line that must not be shown, because it may hold a value.
        case line(file: String, line: Int)
        /// A whole file.
        case file(String)
    }

    /// A line below the message.
    package enum Remark: Sendable, Hashable {
        /// A fact that helps to understand.
        case note(String)
        /// What to do; text that can be pasted stands on lines of its own.
        case help(String)
        /// The lint rule that says why, by the name that `inject lint --explain` takes.
        case rule(String)
    }

    /// How grave it is.
    package let severity: Severity
    /// The stable id.
    package let id: ID
    /// One line: the consequence, not the grammar.
    package let message: String
    /// Where it is, if it is anywhere.
    package let place: Place?
    /// Facts and advice, in the order they are printed.
    package var remarks: [Remark]

    /// Makes an error.
    package init(_ id: ID, _ message: String, at place: Place? = nil, _ remarks: [Remark] = []) {
        self.init(.error, id, message, at: place, remarks)
    }

    /// Makes a diagnostic of any severity.
    package init(
        _ severity: Severity,
        _ id: ID,
        _ message: String,
        at place: Place? = nil,
        _ remarks: [Remark] = []
    ) {
        self.severity = severity
        self.id = id
        self.message = message
        self.place = place
        self.remarks = remarks
    }

    /// The same diagnostic at a place, where it has none yet.
    package func pointing(at place: Place) -> Diagnostic {
        Diagnostic(severity, id, message, at: self.place ?? place, remarks)
    }
}
