import Diagnostics
import HTTPTransport
import InjectTesting
import OIDC
import Secrets
import Synchronization
import Testing

@Suite("GitHubTokenSource, against a fake service")
struct GitHubTokenSourceTests {
    @Test("the audience is asked for, percent-encoded, with the job's bearer token")
    func asked() async throws {
        let service = try FakeIDTokenService()
        let token = try await bench(service).source.token(audience: "a b&c=d/é:~")
        #expect(token.bytes.exposedText == "e30.a%20b%26c%3Dd%2F%C3%A9%3A~.c2ln")
        #expect(
            service.server.requests.map(\.target) == ["/idtoken?api-version=2.0&audience=a%20b%26c%3Dd%2F%C3%A9%3A~"])
    }

    @Test("escapes in the reply are resolved")
    func escaped() async throws {
        let service = try FakeIDTokenService([.body(#"{"value":"e30\u002ee30.c2ln"}"#)])
        #expect(try await bench(service).source.token(audience: "a").bytes.exposedText == "e30.e30.c2ln")
    }

    @Test(
        "failures that pass are waited out",
        arguments: [
            [.pending], [.pending, .pending, .pending, .pending], [.status(500)], [.status(503)], [.status(429)],
            [.reply(.hangUp)], [.reply(.hangUp), .status(502), .pending, .status(504)],
        ] as [[FakeIDTokenService.Step]]
    )
    func recovers(failures: [FakeIDTokenService.Step]) async throws {
        let service = try FakeIDTokenService(failures + [.token])
        let bench = bench(service)
        #expect(try await bench.source.token(audience: "a").bytes.exposedText == "e30.a.c2ln")
        #expect(bench.log.retries.map(\.attempt) == Array(1...failures.count))
        #expect(bench.log.sleeps == bench.log.retries.map(\.delay))
    }

    @Test("five tries are the end, with growing waits between them")
    func givesUp() async throws {
        let service = try FakeIDTokenService([.status(503)])
        let bench = bench(service)
        let text = await expectDiagnostic("github-token-unavailable") { try await bench.source.token(audience: "a") }
        #expect(text.contains("GitHub gave no token in 5 tries and 11 s"))
        #expect(text.contains("answered 503"))
        #expect(service.server.requests.count == 5)
        #expect(bench.log.sleeps == [750, 1500, 3000, 6000])
    }

    @Test(
        "waits are spread by chance",
        arguments: [(0.0, [500, 1000, 2000, 4000]), (1.0, [1000, 2000, 4000, 8000])] as [(Double, [Int64])])
    func jitter(chance: Double, waits: [Int64]) async throws {
        let bench = bench(try FakeIDTokenService([.pending]), chance: chance)
        await expectDiagnostic("github-token-unavailable") { try await bench.source.token(audience: "a") }
        #expect(bench.log.sleeps == waits)
    }

    @Test("a server's wish to wait is honoured within the 45 seconds, and ends the tries beyond them")
    func retryAfter() async throws {
        let wish = { (seconds: String) in FakeIDTokenService.Step.status(429, headers: [("Retry-After", seconds)]) }
        let patient = bench(try FakeIDTokenService([wish("20"), wish("20"), .token]))
        _ = try await patient.source.token(audience: "a")
        #expect(patient.log.sleeps == [20_000, 20_000])
        for seconds in ["45", "9223372036854775807"] {
            let impatient = bench(try FakeIDTokenService([wish(seconds), .token]))
            await expectDiagnostic("github-token-unavailable") { try await impatient.source.token(audience: "a") }
            #expect(impatient.log.sleeps == [])
        }
        for nonsense in ["-5", "soon", ""] {
            let other = bench(try FakeIDTokenService([wish(nonsense), .token]))
            _ = try await other.source.token(audience: "a")
            #expect(other.log.sleeps == [750])
        }
    }

    @Test("a service that hangs uses up the 45 seconds in tries of at most 10 seconds")
    func hangs() async throws {
        let log = Log()
        let bench = Bench(http: HangingClient(log: log), log: log, url: "https://a.example/?b", chance: 0.5)
        await expectDiagnostic("github-token-unavailable") { try await bench.source.token(audience: "a") }
        #expect(log.timeouts == [.seconds(10), .seconds(10), .seconds(10), .milliseconds(9750)])
    }

    @Test("a real service that hangs is given up after the request's own time")
    func realHang() async throws {
        let service = try FakeIDTokenService([.reply(.silence), .token])
        let bench = bench(service, http: ImpatientClient())
        #expect(try await bench.source.token(audience: "a").bytes.exposedText == "e30.a.c2ln")
        #expect(bench.log.retries.count == 1)
    }

    @Test("refusals are not tried again", arguments: [400, 401, 403, 404, 301, 302])
    func refused(status: Int) async throws {
        let service = try FakeIDTokenService([.status(status)])
        let text = await expectDiagnostic("github-token-refused") {
            try await bench(service).source.token(audience: "a")
        }
        #expect(text.contains("answered \(status)"))
        #expect(service.server.requests.count == 1)
    }

    @Test("a wrong bearer token is a refusal and is not shown")
    func wrongBearer() async throws {
        let service = try FakeIDTokenService()
        let bench = bench(service, bearer: "wrong-bearer-token")
        let text = await expectDiagnostic("github-token-refused") { try await bench.source.token(audience: "a") }
        #expect(!text.contains("wrong-bearer-token"))
    }

    @Test(
        "replies without a token",
        arguments: [
            "", "no JSON", "{}", #"{"value":null}"#, #"{"value":""}"#, #"{"value":7}"#, #"["value"]"#,
            #"{"value":"a.b.c","value":"d.e.f"}"#, #"{"value":"a.b.c"}x"#,
        ]
    )
    func garbage(body: String) async throws {
        let bench = bench(try FakeIDTokenService([.body(body)]))
        let text = await expectDiagnostic("github-token-unavailable") { try await bench.source.token(audience: "a") }
        #expect(!text.contains("a.b.c"))
    }

    @Test("a value that is no token is refused")
    func noToken() async throws {
        let bench = bench(try FakeIDTokenService([.body(#"{"value":"abc"}"#)]))
        await expectDiagnostic("token-malformed") { try await bench.source.token(audience: "a") }
    }

    @Test("a request over plain HTTP is not made without permission")
    func plainHTTP() async throws {
        let service = try FakeIDTokenService()
        let source = GitHubTokenSource(
            environment: try Self.environment(service.url, FakeIDTokenService.bearer),
            http: CurlClient()
        )
        await expectDiagnostic("github-token-unavailable") { try await source.token(audience: "a") }
        #expect(service.server.acceptCount == 0)
    }

    // MARK: - Support

    private struct Bench {
        let source: GitHubTokenSource
        let log: Log

        // Lives as long as the source that asks it.
        private let service: FakeIDTokenService?

        init(
            _ service: FakeIDTokenService? = nil,
            http: any HTTPClient,
            log: Log = Log(),
            url: String,
            bearer: String = FakeIDTokenService.bearer,
            chance: Double
        ) {
            self.service = service
            self.log = log
            source = GitHubTokenSource(
                environment: (try? environment(url, bearer)) ?? EnvironmentVariables(text: [:]),
                http: http,
                clock: RetryClock(
                    milliseconds: { log.clock.now },
                    sleep: { log.sleep($0) },
                    chance: { chance }
                ),
                trustsLoopback: true,
                onRetry: { log.append($0) }
            )
        }
    }

    private func bench(
        _ service: FakeIDTokenService,
        http: any HTTPClient = CurlClient(),
        bearer: String = FakeIDTokenService.bearer,
        chance: Double = 0.5
    ) -> Bench {
        Bench(service, http: http, url: service.url, bearer: bearer, chance: chance)
    }

    private static func environment(_ url: String, _ bearer: String) throws -> EnvironmentVariables {
        EnvironmentVariables(
            text: ["ACTIONS_ID_TOKEN_REQUEST_URL": url],
            secrets: ["ACTIONS_ID_TOKEN_REQUEST_TOKEN": try .of(bearer)]
        )
    }

    /// Time that passes only by sleeping, and what was slept and told.
    private final class Log: Sendable {
        let clock = FakeClock(0)
        private let state = Mutex((retries: [TokenRetry](), sleeps: [Int64](), timeouts: [Duration]()))

        var retries: [TokenRetry] { state.withLock { $0.retries } }
        var sleeps: [Int64] { state.withLock { $0.sleeps } }
        var timeouts: [Duration] { state.withLock { $0.timeouts } }

        func append(_ retry: TokenRetry) { state.withLock { $0.retries.append(retry) } }
        func append(_ timeout: Duration) { state.withLock { $0.timeouts.append(timeout) } }

        func sleep(_ milliseconds: Int64) {
            state.withLock { $0.sleeps.append(milliseconds) }
            clock.advance(milliseconds)
        }
    }

    /// Never answers; the time it was given passes at once.
    private struct HangingClient: HTTPClient {
        let log: Log

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            log.append(request.timeout)
            let (seconds, attoseconds) = request.timeout.components
            log.clock.advance(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
            throw HTTPError(.timeout, "hung")
        }
    }

    /// The real client with little patience.
    private struct ImpatientClient: HTTPClient {
        let client = CurlClient()

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            var request = request
            request.timeout = .milliseconds(200)
            return try await client.send(request)
        }
    }
}
