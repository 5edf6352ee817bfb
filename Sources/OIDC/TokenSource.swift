package import Diagnostics

/// Where a job's token comes from.
package protocol TokenSource: Sendable {
    /// A token for an audience.
    ///
    /// A source that is handed a finished token cannot choose its audience; the verifier finds out.
    func token(audience: String) async throws(Diagnostic) -> UnverifiedToken
}
