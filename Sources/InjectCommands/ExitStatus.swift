/// What the program ends with.
package struct ExitStatus: Hashable, Sendable {
    /// The exit code.
    package let code: Int32

    /// Wraps a code, such as the wrapped command's own.
    package init(code: Int32) { self.code = code }

    /// It worked and found nothing.
    package static let success = ExitStatus(code: 0)
    /// A check found something, or a question was answered with no.
    package static let findings = ExitStatus(code: 1)
    /// Wrong usage, or input that cannot be read (every command but `run`).
    package static let unusable = ExitStatus(code: 2)
    /// `run` failed by itself, before or after the command.
    package static let runFailed = ExitStatus(code: 125)
}
