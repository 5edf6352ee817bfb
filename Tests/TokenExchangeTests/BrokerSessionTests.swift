import Diagnostics
import HTTPTransport
import InjectTesting
import Secrets
import Synchronization
import Testing

@testable import TokenExchange

/// Against the fake broker, which is ours: the wire contract is proved by the real server.
@Suite("A session with a broker")
struct BrokerSessionTests {
    @Test("is one exchange, one fetch and one revocation, in forms of RFC 8693 and RFC 7009")
    func session() async throws {
        let fixture = try BrokerFixture([
            "prod/KEY": FakeBroker.Secret("hunter2-hunter2"),
            "prod/FILE": FakeBroker.Secret("\u{0}\u{1}binary", [("file", "tls/server.key")]),
            "prod/BOTH": FakeBroker.Secret("both-of-them", [("env", "OTHER"), ("file", "both")]),
        ])
        let harvest = try await fixture.fetch(["prod/KEY", "prod/FILE", "prod/BOTH"])
        #expect(harvest.secrets.map(\.path.description) == ["prod/KEY", "prod/FILE", "prod/BOTH"])
        #expect(harvest.secrets.map(\.value.exposedText) == ["hunter2-hunter2", "\u{0}\u{1}binary", "both-of-them"])
        #expect(harvest.secrets.map { $0.delivery.variable?.text } == ["KEY", nil, "OTHER"])
        #expect(harvest.secrets.map { $0.delivery.file?.path } == [nil, "tls/server.key", "both"])
        #expect(harvest.secrets.map { $0.delivery.file?.pathVariable.text } == [nil, "FILE_FILE", "OTHER_FILE"])
        #expect(harvest.secrets.map(\.version) == ["v1", "v1", "v1"])
        #expect(harvest.token.grant == "fake-grant" && harvest.token.expiresIn == 300)
        #expect(fixture.broker.calls == ["POST /v1/token", "POST /v1/secrets", "POST /v1/revoke"])
        #expect(fixture.broker.liveTokens == [])
        let requests = fixture.broker.server.requests
        let token = try fixture.subjectToken(1).exposedText
        #expect(
            String(decoding: requests[0].body, as: UTF8.self) == """
                grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange\
                &subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid_token\
                &scope=prod%2FKEY%20prod%2FFILE%20prod%2FBOTH&subject_token=\(token)
                """
        )
        #expect(requests[0].header("content-type") == "application/x-www-form-urlencoded")
        #expect(
            String(decoding: requests[1].body, as: UTF8.self)
                == #"{"secrets":["prod/KEY","prod/FILE","prod/BOTH"]}"#
        )
        #expect(requests[1].header("authorization") == "Bearer inj_fake-token-number-1")
        #expect(requests[1].header("content-type") == "application/json")
        #expect(String(decoding: requests[2].body, as: UTF8.self) == "token=inj_fake-token-number-1")
    }

    @Test("without a scope fetches what is chosen of the granted, and names the environment")
    func unscoped() async throws {
        let fixture = try BrokerFixture([
            "dev/KEY": FakeBroker.Secret("value-of-dev"), "prod/KEY": FakeBroker.Secret("value-of-prod"),
        ])
        let session = BrokerSession(try fixture.connect()) { _ in }
        let harvest = try await session.fetch(with: fixture.subjectToken(1), scope: [], in: "prod") { granted in
            granted.filter { $0.environment == "prod" }
        }
        #expect(harvest.secrets.map(\.value.exposedText) == ["value-of-prod"])
        let form = String(decoding: fixture.broker.server.requests[0].body, as: UTF8.self)
        #expect(!form.contains("scope=") && form.contains("&environment=prod&"))
    }

    @Test("asks for all that the token opens without naming it where that is very much, and misses none of it")
    func veryMuch() async throws {
        let fixture = try BrokerFixture()
        let names = (0..<1000).map { "prod/SECRET_\($0)" }
        fixture.broker.follow { request, _ in
            switch request.path {
            case "/v1/token":
                .text(BrokerAnswerTests.token.replacing("prod/KEY", with: names.joined(separator: " ")))
            case "/v1/secrets":
                .text(
                    #"{"secrets":["#
                        + names.map { BrokerAnswerTests.entry.replacing("prod/KEY", with: $0) }.joined(separator: ",")
                        + "]}")
            default: nil
            }
        }
        let harvest = try await fixture.fetch([])
        #expect(harvest.secrets.map(\.path.description) == names)
        #expect(String(decoding: fixture.broker.server.requests[1].body, as: UTF8.self) == #"{"secrets":[]}"#)
        let some = try await fixture.connect().exchange(fixture.subjectToken(2), for: [])
        _ = await fixture.failure { _ = try await fixture.connect().secrets(Array(some.scope.dropLast()), with: some) }
        let body = String(decoding: fixture.broker.server.requests.last?.body ?? [], as: UTF8.self)
        #expect(body.hasPrefix(#"{"secrets":["prod/SECRET_0","prod/SECRET_1","#))
    }

    struct Busy: Sendable {
        let path: String
        let replies: [LoopbackReply]
        let waits: [String]
    }

    @Test(
        "asks a busy broker again, visibly, and no later than it wishes",
        arguments: [
            Busy(
                path: "/v1/token",
                replies: [.text("", status: 429, headers: [("Retry-After", "7")]), .text("<html>", status: 503)],
                waits: ["waiting 7.0 s: the broker answered 429 (2/4)", "waiting 1.0 s: the broker answered 503 (3/4)"]
            ),
            Busy(
                path: "/v1/secrets",
                replies: [FakeBroker.error("temporarily_unavailable", status: 503)],
                waits: ["waiting 0.5 s: the broker answered 503 (2/4)"]
            ),
            Busy(path: "/v1/secrets", replies: [.hangUp, .hangUp], waits: []),
            Busy(
                path: "/v1/revoke",
                replies: [FakeBroker.error("temporarily_unavailable", status: 503)],
                waits: ["waiting 0.5 s: the broker answered 503 (2/2)"]
            ),
        ]
    )
    func busy(busy: Busy) async throws {
        let fixture = try BrokerFixture()
        fixture.broker.follow { request, count in
            request.path == busy.path && count <= busy.replies.count ? busy.replies[count - 1] : nil
        }
        let harvest = try await fixture.fetch()
        #expect(harvest.secrets.map(\.value.exposedText) == ["hunter2-hunter2"])
        let waits = fixture.waits.withLock { $0 }
        // libcurl sends over a new connection by itself where a used one breaks.
        #expect(busy.waits.isEmpty ? waits.count <= 2 : waits == busy.waits)
        #expect(fixture.broker.liveTokens == [])
    }

    @Test("tries four times, and not at all where the broker wishes more than half a minute")
    func exhausted() async throws {
        let fixture = try BrokerFixture()
        fixture.broker.follow { _, _ in FakeBroker.error("temporarily_unavailable", "no disk", status: 503) }
        let failure = await fixture.failure { _ = try await fixture.fetch() }
        #expect(
            failure == """
                inject: error[broker-unavailable]: the broker at `<broker>` cannot answer now
                  = note: POST /v1/token answered temporarily_unavailable: no disk
                  = help: run the job again; if it stays, ask whoever runs the broker

                """
        )
        #expect(fixture.broker.calls.count == 4)
        fixture.broker.follow { _, _ in .text("", status: 429, headers: [("Retry-After", "31")]) }
        let busy = await fixture.failure { _ = try await fixture.fetch() }
        #expect(
            busy == """
                inject: error[broker-unavailable]: the broker at `<broker>` is asked too much by this machine
                  = note: POST /v1/token answered 429 with a body of no type that is none of a broker's (0 bytes)
                  = note: it asks to come back in 31 s
                  = help: run the job again; if it stays, ask whoever runs the broker

                """
        )
        #expect(fixture.broker.calls.count == 5)
    }

    @Test("does not exchange again what may have been exchanged: the token is good once")
    func lostAnswer() async throws {
        let fixture = try BrokerFixture()
        fixture.broker.follow { request, _ in
            request.path == "/v1/token" ? .raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{") : nil
        }
        let failure = await fixture.failure { _ = try await fixture.fetch() }
        #expect(failure.hasPrefix("inject: error[broker-unavailable]: the broker at `<broker>` could not be reached\n"))
        #expect(fixture.broker.calls == ["POST /v1/token"])
    }

    @Test(
        "revokes what it was given, whatever goes wrong afterwards",
        arguments: [
            FakeBroker.error("insufficient_scope", status: 403), .text("{}"), .text("", status: 500),
            .text(String(repeating: "x", count: (16 << 20) + 1)),
        ]
    )
    func revokes(reply: LoopbackReply) async throws {
        let fixture = try BrokerFixture()
        fixture.broker.follow { request, _ in request.path == "/v1/secrets" ? reply : nil }
        await #expect(throws: Diagnostic.self) { try await fixture.fetch() }
        #expect(fixture.broker.calls == ["POST /v1/token", "POST /v1/secrets", "POST /v1/revoke"])
        #expect(fixture.broker.liveTokens == [])
    }

    @Test("revokes a token that arrives after the task was cancelled, and fetches nothing with it")
    func cancelled() async throws {
        let fixture = try BrokerFixture()
        let (asked, answered) = (Gate(count: 2), Gate(count: 2))
        fixture.broker.follow { request, _ in
            guard request.path == "/v1/token" else { return nil }
            asked.arriveAndWait()
            answered.arriveAndWait()
            return nil
        }
        let task = Task { try await fixture.fetch() }
        await asked.arrive()
        task.cancel()
        await answered.arrive()
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(fixture.broker.liveTokens == [])
        #expect(!fixture.broker.calls.contains("POST /v1/secrets"))
    }

    @Test("that cannot be revoked is a warning with the time at which it ends")
    func unrevoked() async throws {
        let fixture = try BrokerFixture()
        fixture.broker.follow { request, _ in
            request.path == "/v1/revoke"
                ? FakeBroker.error("server_error", "inj_fake-token-number-1", status: 500) : nil
        }
        #expect(try await fixture.fetch().secrets.count == 1)
        #expect(
            fixture.warnings.withLock { $0 } == [
                """
                inject: warning[broker-token-alive]: the broker's token could not be revoked
                  = note: POST /v1/revoke answered server_error: …
                  = note: it ends by itself 300 s after it was given

                """
            ]
        )
    }

    @Test(
        "is refused with what to do",
        arguments: [
            (
                "invalid_grant",
                "check that the broker trusts the token's issuer and takes `<broker>` as its audience; a token is good once"
            ),
            ("invalid_scope", "the broker decides by the default branch's policy: `inject explain` asks it why"),
            ("unsupported_grant_type", "check that the broker is as new as inject"),
            ("invalid_target", "check the broker's URL: this one does not serve it"),
            ("whatever", "ask whoever runs the broker: its audit log says more"),
        ]
    )
    func refused(code: String, help: String) async throws {
        let fixture = try BrokerFixture()
        fixture.broker.follow { _, _ in FakeBroker.error(code, "eyJhbGciOiJub25lIn0.e30. is\nno\u{1B}[31m token") }
        #expect(
            await fixture.failure { _ = try await fixture.fetch() } == """
                inject: error[broker-refused]: the broker at `<broker>` gives this job no token
                  = note: POST /v1/token answered \(code): … is no [31m token
                  = help: \(help)

                """
        )
        #expect(fixture.broker.calls == ["POST /v1/token"])
    }

    @Test(
        "takes no URL that is not a broker's",
        arguments: [
            "http://broker.example", "https://", "ftp://b", "https://user:password@b", "https://b?x", "https://b#x",
            "https://b c", "",
        ]
    )
    func address(text: String) throws {
        #expect(throws: Diagnostic.self) { try BrokerAddress(text) }
        #expect(try BrokerAddress("https://b.example/inject//").url == "https://b.example/inject")
        #expect(try BrokerAddress("http://[::1]:8080").url == "http://[::1]:8080")
    }
}
