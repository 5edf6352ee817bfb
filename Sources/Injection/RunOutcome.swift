package import Diagnostics
package import LogMasking

/// What came of a command that was started.
package struct RunOutcome: Sendable {
    /// What to exit with: the command's own code, 128 + n for a signal, 125 where its output or the
    /// clean-up failed after a success.
    package let exitCode: Int32
    /// How inject is to end, if not with the exit code.
    package let interruption: KeyboardInterruption?
    /// What was masked on standard output, and on standard error where both are one terminal.
    package let output: MaskReport
    /// What was masked on standard error.
    package let error: MaskReport
    /// What there is to say about the run.
    package let remarks: [Diagnostic]
}
