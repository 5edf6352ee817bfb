package import Diagnostics

/// Why the command was not started, or what went wrong around it, with the exit code that says so.
package struct RunFailure: Error, Sendable {
    /// What happened and what to do.
    package let diagnostic: Diagnostic
    /// 125 for inject's own failures, 126 for a command that cannot be executed, 127 for one that is not there.
    package let exitCode: Int32

    init(_ diagnostic: Diagnostic, exitCode: Int32 = 125) {
        self.diagnostic = diagnostic
        self.exitCode = exitCode
    }
}
