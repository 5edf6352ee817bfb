import Diagnostics
import HTTPTransport
import Secrets

/// Credentials of a virtual machine's role, by version 2 of the metadata service alone: version 1 hands them to whoever
/// can make the machine send a GET (docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html).
struct InstanceCredentials {
    let surroundings: CredentialSurroundings

    private static let role = "/latest/meta-data/iam/security-credentials/"
    /// How long credentials that have ended are used before the service is asked again, and some minutes more.
    private static let overtime: Int64 = 600

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
            throw unusable(names.status)
        }
        let answer = try await get(base + Self.role + PercentEncoding.component(name), token)
        guard answer.status == 200 else {
            throw unusable(answer.status)
        }
        return lasting(
            try CredentialsDocument(answer.body, from: "the metadata service", token: "Token").credentials)
    }

    /// While AWS cannot make new credentials the service hands out those that have ended, and AWS goes on to take them,
    /// as its own tools expect.
    private func lasting(_ found: AWSCredentials) -> AWSCredentials {
        let now = surroundings.outside.now()
        guard let end = found.expiration, end <= now else { return found }
        surroundings.warn(
            "the metadata service has no newer credentials than those that ended at \(AWSTime.text(end)), which are used"
        )
        return AWSCredentials(
            accessKeyID: found.accessKeyID,
            secretAccessKey: found.secretAccessKey,
            sessionToken: found.sessionToken,
            expiration: now + Self.overtime
        )
    }

    private func unusable(_ status: Int) -> Diagnostic {
        Diagnostic(
            .awsCredentialsUnusable, "the metadata service of this machine says \(status)",
            status >= 500 || status == 429 ? [.help("try again: it cannot answer just now")] : []
        )
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
        guard answer.status < 500 else { throw unusable(answer.status) }
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
