package import HTTPTransport
package import Secrets

/// What the search for credentials takes from outside.
package struct CredentialSurroundings: Sendable {
    /// The variables of AWS's tools.
    package let environment: EnvironmentVariables
    /// Asks STS and the metadata services; what is plain HTTP never goes through a proxy.
    package let http: any HTTPClient
    /// The clock, and who is told of waits.
    package let outside: AWSConnection.Surroundings
    /// Tells of what works now and may not for long.
    package let warn: @Sendable (String) -> Void
    /// Asks a person for the code of a device, without showing it.
    package let code: @Sendable (_ device: String) -> DeviceCode

    /// Describes surroundings.
    package init(
        environment: EnvironmentVariables,
        http: any HTTPClient,
        outside: AWSConnection.Surroundings,
        warn: @escaping @Sendable (String) -> Void = { _ in },
        code: @escaping @Sendable (_ device: String) -> DeviceCode
    ) {
        self.environment = environment
        self.http = http
        self.outside = outside
        self.warn = warn
        self.code = code
    }
}
