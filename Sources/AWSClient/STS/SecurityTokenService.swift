import HTTPTransport
package import Secrets

/// STS: hands out the credentials of sessions.
package struct SecurityTokenService: Sendable {
    private let connection: AWSConnection

    /// The service of the connection's region.
    package init(_ connection: AWSConnection) { self.connection = connection }

    /// Exchanges a token of an OpenID Connect issuer for a session; the request is not signed.
    package func assumeRole(
        _ request: WebIdentityRequest,
        token: SecretBytes
    ) async throws(AWSError) -> AWSCredentials {
        let operation = "AssumeRoleWithWebIdentity"
        guard let form = try? request.form(token) else {
            throw AWSError(.unsendable, .sts, operation, message: "there is no memory for the request")
        }
        return try await session(.query(.sts, operation, body: .secret(form)), signedBy: nil)
    }

    /// Exchanges credentials for those of a role.
    package func assumeRole(
        _ request: AssumeRoleRequest,
        signedBy credentials: AWSCredentials
    ) async throws(AWSError) -> AWSCredentials {
        let call = AWSCall.query(.sts, "AssumeRole", body: .bytes(Array(request.form.utf8)))
        return try await session(call, signedBy: credentials)
    }

    private func session(
        _ call: AWSCall,
        signedBy credentials: AWSCredentials?
    ) async throws(AWSError) -> AWSCredentials {
        let answer = try await connection.send(call, signedBy: credentials)
        do {
            return try SessionAnswer(answer.body, operation: call.operation).credentials
        } catch {
            throw AWSError(call, unreadable: answer, "a body without credentials (\(answer.body.count) bytes)")
        }
    }
}
