package import Diagnostics

/// Where credentials come from.
package protocol AWSCredentialsProvider: Sendable {
    /// Credentials that are good for at least one request from now.
    func credentials() async throws(Diagnostic) -> AWSCredentials
}
