import Diagnostics
import HTTPTransport
import Secrets

/// Credentials of a container's role: ECS, and EKS Pod Identity
/// (docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html).
struct ContainerCredentials {
    let surroundings: CredentialSurroundings

    private static let host = "http://169.254.170.2"
    private static let longestToken = 16 * 1024
    private static let mostTries = 3

    /// The credentials of the endpoint that the variables name, or nil where they name none.
    func find() async throws(Diagnostic) -> AWSCredentials? {
        guard let url = try url() else { return nil }
        var request = HTTPRequest(url: url, timeout: .seconds(2), maximumBodyBytes: 64 * 1024)
        request.allowsPlainHTTPToLoopback = true
        request.allowsPlainHTTPToMetadata = true
        if let token = try token() { request.headers.append(("Authorization", .secret(prefix: "", token))) }
        let answer = try await answer(to: request)
        guard answer.status == 200 else {
            throw Diagnostic(.awsCredentialsUnusable, "the container's credentials: the endpoint says \(answer.status)")
        }
        return try CredentialsDocument(answer.body, from: "the container's endpoint", token: "Token").credentials
    }

    /// The first answer that another try would not change.
    private func answer(to request: HTTPRequest) async throws(Diagnostic) -> HTTPResponse {
        var attempt = 1
        while true {
            let isLast = attempt == Self.mostTries || Task.isCancelled
            do throws(HTTPError) {
                let answer = try await surroundings.http.send(request)
                guard !isLast, answer.status >= 500 || answer.status == 429 else { return answer }
            } catch {
                guard !isLast, error.code == .timeout else {
                    throw Diagnostic(.awsCredentialsUnusable, "the container's credentials: \(error.message)")
                }
            }
            let clock = surroundings.outside.clock
            let chance = clock.chance()
            await clock.sleep(RetryDelay.milliseconds(before: attempt - 1, for: .transient, hint: nil, chance: chance))
            attempt += 1
        }
    }

    private func url() throws(Diagnostic) -> String? {
        if let path = surroundings.environment.text("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            guard path.hasPrefix("/") else { throw refused("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "is no path") }
            return Self.host + path
        }
        let variable = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
        guard let url = surroundings.environment.text(variable) else { return nil }
        guard let address = try? HTTPAddress(url) else { throw refused(variable, "is no address") }
        guard address.scheme == "https" || address.isLoopback || address.isMetadata else {
            throw refused(variable, "is neither `https`, nor on this machine, nor a container's endpoint")
        }
        return url
    }

    private func token() throws(Diagnostic) -> SecretBytes? {
        let variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
        guard let path = surroundings.environment.text(variable) else {
            return surroundings.environment.secret("AWS_CONTAINER_AUTHORIZATION_TOKEN")
        }
        do throws(SecretFileError) {
            return try SecretBytes.contents(ofFile: path, limit: Self.longestToken)
        } catch {
            throw refused(variable, "names a file that cannot be read: \(error.reason)")
        }
    }

    private func refused(_ variable: String, _ reason: String) -> Diagnostic {
        Diagnostic(.awsCredentialsUnusable, "`\(variable)` \(reason)")
    }
}
