package import Diagnostics
package import HTTPTransport
package import Secrets

extension Diagnostic.ID {
    /// GitHub's token service did not answer in time, or not with a token.
    package static let githubTokenUnavailable = Diagnostic.ID("github-token-unavailable")
    /// GitHub's token service refused.
    package static let githubTokenRefused = Diagnostic.ID("github-token-refused")
}

/// A token from GitHub's token service, asked for with what the runner gave the job.
///
/// Up to 5 tries of 10 s within 45 s: GitHub refuses while a job is still `Pending`, and its service is sometimes slow
/// (github.com/actions/toolkit, issue 1441).
package struct GitHubTokenSource: TokenSource {
    private static let attempts = 5
    private static let budget: Int64 = 45_000
    private static let tryTimeout: Int64 = 10_000

    private let environment: EnvironmentVariables
    private let http: any HTTPClient
    private let clock: RetryClock
    private let trustsLoopback: Bool
    private let onRetry: @Sendable (TokenRetry) -> Void

    /// A source for the job; `onRetry` is told of every wait before it.
    ///
    /// With `trustsLoopback`, the service may also be asked over plain HTTP on this machine, as a fake one is.
    package init(
        environment: EnvironmentVariables = .process,
        http: any HTTPClient,
        clock: RetryClock = .system,
        trustsLoopback: Bool = false,
        onRetry: @escaping @Sendable (TokenRetry) -> Void = { _ in }
    ) {
        self.environment = environment
        self.http = http
        self.clock = clock
        self.trustsLoopback = trustsLoopback
        self.onRetry = onRetry
    }

    /// Asks until there is a token, a refusal, or no time left.
    package func token(audience: String) async throws(Diagnostic) -> UnverifiedToken {
        guard let address = environment.text("ACTIONS_ID_TOKEN_REQUEST_URL"),
            let bearer = environment.secret("ACTIONS_ID_TOKEN_REQUEST_TOKEN")
        else { throw MissingTokenService(environment).diagnostic }
        let start = clock.milliseconds()
        var attempt = 1
        while true {
            let left = Self.budget - (clock.milliseconds() - start)
            let timeout = Duration.milliseconds(min(Self.tryTimeout, max(left, 1)))
            let request = request(address, audience, bearer, timeout)
            switch await GitHubTokenReply(of: request, http) {
            case .token(let token): return try UnverifiedToken(token)
            case .refused(let diagnostic): throw diagnostic
            case .retry(let reason, let minimumDelay):
                let delay = max(self.delay(after: attempt), minimumDelay ?? 0)
                let spent = clock.milliseconds() - start
                guard attempt < Self.attempts, spent + delay < Self.budget, !Task.isCancelled else {
                    throw unavailable(reason, attempt, spent)
                }
                onRetry(TokenRetry(attempt: attempt, delay: delay, reason: reason))
                await clock.sleep(delay)
                attempt += 1
            }
        }
    }

    /// 1, 2, 4, 8 s, of which a random half is left away so that jobs do not come back together.
    private func delay(after attempt: Int) -> Int64 {
        let whole: Int64 = 1000 << Int64(attempt - 1)
        return whole / 2 + Int64(Double(whole / 2) * min(max(clock.chance(), 0), 1))
    }

    /// The address already has a query; the audience is one more member of it.
    private func request(
        _ address: String,
        _ audience: String,
        _ bearer: SecretBytes,
        _ timeout: Duration
    ) -> HTTPRequest {
        HTTPRequest(
            url: address + (address.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + "audience="
                + PercentEncoding.component(audience),
            headers: [
                ("Authorization", .secret(prefix: "Bearer ", bearer)),
                ("Accept", .plain("application/json; api-version=2.0")),
            ],
            timeout: timeout,
            maximumBodyBytes: 64 * 1024,
            allowsPlainHTTPToLoopback: trustsLoopback
        )
    }

    private func unavailable(_ reason: String, _ attempts: Int, _ spent: Int64) -> Diagnostic {
        let tries = attempts == 1 ? "1 try" : "\(attempts) tries"
        return Diagnostic(
            .githubTokenUnavailable,
            "GitHub gave no token in \(tries) and \(spent / 1000) s",
            [.note("the last try: \(reason)"), .help("run the job again; see https://www.githubstatus.com")]
        )
    }
}
