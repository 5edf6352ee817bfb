/// Everything a command gave back.
package struct CommandResult: Equatable, Sendable {
    /// The exit code; 128 + n where a signal ended it.
    package let status: Int32
    /// All of standard output.
    package let output: String
    /// All of standard error.
    package let error: String

    /// Describes an expected result.
    package init(status: Int32, output: String = "", error: String = "") {
        self.status = status
        self.output = output
        self.error = error
    }
}
