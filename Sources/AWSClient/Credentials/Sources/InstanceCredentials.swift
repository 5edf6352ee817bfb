import Diagnostics
import HTTPTransport
import Secrets

/// Credentials of a virtual machine's role, by version 2 of the metadata service alone: version 1 hands them to whoever
/// can make the machine send a GET (docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html).
struct InstanceCredentials {
    let surroundings: CredentialSurroundings

    private static let role = "/latest/meta-data/iam/security-credentials/"

    /// The credentials of the machine's role, or nil where there is no service that answers.
    func find() async throws(Diagnostic) -> AWSCredentials? {
        guard surroundings.environment.text("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else { return nil }
        let base = try base()
        guard let token = try await token(base) else { return nil }
        let names = try await get(base + Self.role, token)
        guard names.status != 404 else { return nil }
        let name = names.body.withExposedBytes { bytes in
            String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
        }
        guard names.status == 200, !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Diagnostic(.awsCredentialsUnusable, "the metadata service of this machine says \(names.status)")
        }
        let answer = try await get(base + Self.role + PercentEncoding.component(name), token)
        guard answer.status == 200 else {
            throw Diagnostic(.awsCredentialsUnusable, "the metadata service of this machine says \(answer.status)")
        }
        return try CredentialsDocument(answer.body, from: "the metadata service", token: "Token").credentials
    }

    private func base() throws(Diagnostic) -> String {
        let variable = "AWS_EC2_METADATA_SERVICE_ENDPOINT"
        if let url = surroundings.environment.text(variable) {
            guard let address = try? HTTPAddress(url),
                address.scheme == "https" || address.isLoopback || address.isMetadata
            else {
                throw Diagnostic(
                    .awsCredentialsUnusable,
                    "`\(variable)` is neither `https`, nor on this machine, nor the metadata service's own address"
                )
            }
            return url.hasSuffix("/") ? String(url.dropLast()) : url
        }
        let mode = surroundings.environment.text("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")?.lowercased()
        return mode == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
    }

    /// A token of the service; nil where nothing answers, which is how every other machine looks.
    private func token(_ base: String) async throws(Diagnostic) -> SecretBytes? {
        var request = request(base + "/latest/api/token")
        request.method = .put
        request.body = .bytes([])
        request.headers = [("X-aws-ec2-metadata-token-ttl-seconds", .plain("21600"))]
        guard let answer = try? await surroundings.http.send(request) else { return nil }
        guard answer.status == 200, !answer.body.isEmpty else { return nil }
        return answer.body
    }

    private func get(_ url: String, _ token: SecretBytes) async throws(Diagnostic) -> HTTPResponse {
        var request = request(url)
        request.headers = [("X-aws-ec2-metadata-token", .secret(prefix: "", token))]
        do throws(HTTPError) { return try await surroundings.http.send(request) } catch {
            throw Diagnostic(.awsCredentialsUnusable, "the metadata service of this machine: \(error.message)")
        }
    }

    private func request(_ url: String) -> HTTPRequest {
        var request = HTTPRequest(url: url, timeout: .seconds(1), maximumBodyBytes: 64 * 1024)
        request.allowsPlainHTTPToLoopback = true
        request.allowsPlainHTTPToMetadata = true
        return request
    }
}
