/// Several diagnostics thrown together, so that a user mends a file once and not once a mistake.
package struct DiagnosticList: Error, Sendable {
    /// What was found, in the order of the file; never empty.
    package let diagnostics: [Diagnostic]

    /// Wraps what was found.
    package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}
