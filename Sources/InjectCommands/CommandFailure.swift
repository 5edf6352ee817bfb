internal import Diagnostics

/// A failure whose exit status is not the command's usual one, such as 127 for a command that does not exist.
struct CommandFailure: Error {
    let diagnostic: Diagnostic
    let status: ExitStatus
}
