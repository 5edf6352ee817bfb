package import AWSClient
package import Diagnostics

/// A connection to AWS with what signs its requests.
package struct AWSSession: Sendable {
    /// The connection, in the region that references without one mean.
    package let connection: AWSConnection
    /// What signs.
    package let credentials: any AWSCredentialsProvider

    /// Pairs a connection with credentials.
    package init(connection: AWSConnection, credentials: any AWSCredentialsProvider) {
        self.connection = connection
        self.credentials = credentials
    }
}

/// Credentials that are there already.
package struct StaticCredentials: AWSCredentialsProvider {
    private let value: AWSCredentials

    /// Provides always the same credentials.
    package init(_ value: AWSCredentials) { self.value = value }

    /// The credentials.
    package func credentials() async throws(Diagnostic) -> AWSCredentials { value }
}
