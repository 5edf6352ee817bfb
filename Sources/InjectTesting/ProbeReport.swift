/// What `InjectionProbe` has to say about a run.
package struct ProbeReport: Codable, Sendable, Equatable {
    /// The exit code of the run or of its failure.
    package var exitCode: Int32
    /// The id of the failure where no command ran.
    package var failure: String?
    /// The message of that failure.
    package var message: String?
    /// The secrets that were masked on standard output, with their counts, as `NAME 2`.
    package var output: [String] = []
    /// The same for standard error.
    package var error: [String] = []
    /// The ids of the remarks.
    package var remarks: [String] = []

    /// A report of an exit code alone.
    package init(exitCode: Int32) { self.exitCode = exitCode }
}
