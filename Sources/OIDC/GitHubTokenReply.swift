import Diagnostics
import HTTPTransport
import Secrets
import StrictJSON

/// What one try at GitHub's token service came to.
enum GitHubTokenReply {
    case token(SecretBytes)
    /// Worth another try, not before `minimumDelay` milliseconds.
    case retry(reason: String, minimumDelay: Int64?)
    case refused(Diagnostic)

    init(of request: HTTPRequest, _ http: any HTTPClient) async {
        do throws(HTTPError) {
            self = Self.read(try await http.send(request))
        } catch {
            self = Self.read(error)
        }
    }

    private static func read(_ error: HTTPError) -> GitHubTokenReply {
        switch error.code {
        case .connect, .proxyUnreachable, .timeout, .transport: .retry(reason: error.message, minimumDelay: nil)
        default: .refused(Diagnostic(.githubTokenUnavailable, "GitHub's token service: \(error.message)"))
        }
    }

    private static func read(_ response: HTTPResponse) -> GitHubTokenReply {
        switch response.status {
        case 200: token(in: response.body)
        case 403 where isTooEarly(response.body):
            .retry(reason: "the job is not yet running for GitHub (403)", minimumDelay: nil)
        case 429, 500...599:
            .retry(reason: "GitHub's token service answered \(response.status)", minimumDelay: retryAfter(response))
        default:
            .refused(
                Diagnostic(
                    .githubTokenRefused,
                    "GitHub's token service answered \(response.status)",
                    [.help("check that the job has `permissions: id-token: write` and is still running")]
                )
            )
        }
    }

    /// `Can't issue ID_TOKEN for job in 'Pending' state.`, also `'Delayed'`; quotes may be escaped in the JSON.
    private static func isTooEarly(_ body: SecretBytes) -> Bool {
        body.withExposedBytes { text in
            contains("ID_TOKEN for job in", text) && (contains("Pending", text) || contains("Delayed", text))
        }
    }

    private static func contains(_ needle: StaticString, _ text: UnsafeRawBufferPointer) -> Bool {
        let needle = UnsafeRawBufferPointer(start: needle.utf8Start, count: needle.utf8CodeUnitCount)
        guard text.count >= needle.count else { return false }
        return (0...(text.count - needle.count)).contains { text[$0..<($0 + needle.count)].elementsEqual(needle) }
    }

    /// Whole seconds (RFC 9110, section 10.2.3); a date is not worth the reading here.
    private static func retryAfter(_ response: HTTPResponse) -> Int64? {
        guard let seconds = response.header("Retry-After").flatMap({ Int64($0) }), seconds >= 0 else { return nil }
        return min(seconds, 3600) * 1000
    }

    /// `{"value": "…"}`; the token goes from locked memory to locked memory.
    private static func token(in body: SecretBytes) -> GitHubTokenReply {
        let limits = JSONLimits(bytes: 64 * 1024, depth: 8, members: 256)
        let answer = try? JSONBody(body, limits: limits)
        let value = answer?.root.object?["value"]?.string
        let token = value.flatMap { try? answer?.secret($0) }
        if let token, !token.isEmpty { return .token(token) }
        return .refused(
            Diagnostic(
                .githubTokenUnavailable, "GitHub's token service answered without a token", [.help("run the job again")]
            )
        )
    }
}
