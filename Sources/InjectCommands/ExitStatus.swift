internal import Injection

/// What the program ends with.
struct ExitStatus: Hashable, Sendable {
    /// The exit code.
    let code: Int32
    /// How to end instead where the wrapped command was interrupted at a terminal.
    let interruption: KeyboardInterruption?

    /// Wraps a code, such as the wrapped command's own.
    init(code: Int32, interruption: KeyboardInterruption? = nil) {
        self.code = code
        self.interruption = interruption
    }

    /// It worked and found nothing.
    static let success = ExitStatus(code: 0)
    /// A check found something, or a question was answered with no.
    static let findings = ExitStatus(code: 1)
    /// Wrong usage, input that cannot be read, or a result that could not be written (every command but `run`).
    static let unusable = ExitStatus(code: 2)
    /// A limit was hit, so that the answer is unknown, and never taken for a good one.
    static let unknown = ExitStatus(code: 3)
    /// `run` failed by itself, before or after the command.
    static let runFailed = ExitStatus(code: 125)
}
