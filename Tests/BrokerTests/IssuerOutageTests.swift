import Broker
import InjectTesting
import JOSE
import OIDC
import Secrets
import Synchronization
import Testing

/// What an issuer's troubles are to a broker's clients.
@Suite("An issuer's outage and rotation")
struct IssuerOutageTests {
    @Test("an issuer that is down for 24 hours stops nobody, and after them nobody gets in until it is back")
    func outage() async throws {
        let desk = try await BrokerDesk()
        try await desk.expect("prod/API_KEY")
        desk.issuer.follow { _ in .text("down", status: 503) }
        // A token every six minutes, as its own age allows.
        for _ in 0..<239 {
            desk.clock.advance(360)
            try await desk.expect("prod/API_KEY")
        }
        desk.clock.advance(359)
        try await desk.expect("prod/API_KEY")
        // 24 hours after the keys came they are used no more.
        desk.clock.advance(1)
        try await desk.expect("issuer-keys-unavailable")
        desk.issuer.follow { _ in nil }
        desk.clock.advance(30)
        try await desk.expect("prod/API_KEY")
    }

    @Test("during an outage the issuer is asked once each time the keys are past their best, and not for each token")
    func askedSeldom() async throws {
        let desk = try await BrokerDesk()
        _ = await desk.exchange(try desk.token())
        desk.issuer.follow { _ in .text("down", status: 503) }
        desk.clock.advance(3600)
        let before = desk.issuer.server.requests.count
        for _ in 0..<60 {
            for _ in 0..<5 { try await desk.expect("prod/API_KEY") }
            desk.clock.advance(1)
        }
        // A minute has room for a fetch at its start and one after 30 seconds.
        #expect(desk.issuer.server.requests.count - before <= 2)
    }

    @Test("while keys are rotated under load, tokens of the old and the new key are all good, and one fetch is enough")
    func rotation() async throws {
        let desk = try await BrokerDesk()
        let old = desk.issuer.signer
        _ = await desk.exchange(try desk.token())
        desk.clock.advance(60)
        try desk.issuer.rotate()
        let new = desk.issuer.signer
        // As issuers do, both keys are in the set for a while.
        let set = try Self.joined(old, new)
        desk.issuer.follow { $0.path == "/jwks" ? .answer(status: 200, headers: [], body: set) : nil }
        let before = desk.issuer.keyRequestCount
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<200 {
                let token = try desk.token(signedBy: index.isMultiple(of: 2) ? old : new)
                group.addTask { await desk.exchange(token) }
            }
            return try await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(answers == ["prod/API_KEY": 200])
        #expect(desk.issuer.keyRequestCount - before == 1)
    }

    @Test("a flood of tokens with keys that nobody knows costs the issuer two fetches a minute at most")
    func unknownKeys() async throws {
        let desk = try await BrokerDesk()
        _ = await desk.exchange(try desk.token())
        desk.clock.advance(30)
        let before = desk.issuer.keyRequestCount
        let strangers = try (0..<3).map { _ in try FakeIssuer().signer }
        for second in 0..<60 {
            for stranger in strangers {
                #expect(await desk.exchange(try desk.token(signedBy: stranger)) != "prod/API_KEY")
            }
            if second.isMultiple(of: 20) { try await desk.expect("prod/API_KEY") }
            desk.clock.advance(1)
        }
        #expect(desk.issuer.keyRequestCount - before <= 2)
    }

    /// What an issuer could answer in place of its keys, and what is recorded of a token then.
    static let badAnswers: [(answer: @Sendable (FakeIssuer, LoopbackRequest) -> LoopbackReply?, reason: String)] = [
        ({ _, request in request.path == "/jwks" ? .text("<html>") : nil }, "issuer-keys-refused"),
        ({ _, request in request.path == "/jwks" ? .text(#"{"keys":[]}"#) : nil }, "token-unknown-key"),
        (
            { issuer, request in
                let set = try? joined(issuer.signer, issuer.signer)
                return request.path == "/jwks" ? set.map { .answer(status: 200, headers: [], body: $0) } : nil
            }, "issuer-keys-refused"
        ),
        (
            { issuer, request in
                let keys = String(decoding: issuer.signer.jwks, as: UTF8.self)
                let leaked = keys.replacing(#""kty""#, with: #""d":"AAAA","kty""#)
                return request.path == "/jwks" ? .text(leaked) : nil
            }, "issuer-keys-refused"
        ),
        (
            { issuer, request in
                let keys = String(decoding: issuer.signer.jwks, as: UTF8.self)
                let long = keys + String(repeating: " ", count: 200 * 1024)
                return request.path == "/jwks" ? .text(long) : nil
            }, "issuer-keys-unavailable"
        ),
        (
            { issuer, request in
                let headers = [("Location", issuer.url + "/elsewhere")]
                return request.path == "/jwks" ? .text("", status: 302, headers: headers) : nil
            }, "issuer-keys-unavailable"
        ),
        (
            { _, request in
                let body = #"{"issuer":"https://other","jwks_uri":"https://other/jwks"}"#
                return request.path == "/jwks" ? nil : .text(body)
            }, "issuer-discovery-refused"
        ),
    ]

    @Test(
        "an issuer that answers anything but its keys opens nothing, and its fault is not held against the client",
        arguments: badAnswers.indices)
    func anythingElse(index: Int) async throws {
        let (desk, bad) = (try await BrokerDesk(), Self.badAnswers[index])
        let issuer = desk.issuer
        issuer.follow { [unowned issuer] in bad.answer(issuer, $0) }
        let token = try desk.token()
        do throws(Refusal) {
            _ = try await ExchangeService(desk.core).exchange(token, scope: nil, from: desk.origin)
            Issue.record("a token was issued")
        } catch {
            #expect(error.reason == bad.reason)
            #expect((error.code == .unavailable) == bad.reason.hasPrefix("issuer"))
        }
        issuer.follow { _ in nil }
        desk.clock.advance(30)
        #expect(await desk.exchange(token) == "prod/API_KEY")
    }

    @Test("a broker whose issuer never answered is not ready, asks seldom, and is ready once it has keys")
    func readiness() async throws {
        let desk = try await BrokerDesk()
        desk.issuer.follow { _ in .text("down", status: 503) }
        let limiter = FailureLimiter(limit: 0, seconds: 1) { 0 }
        let router = BrokerRouter(
            desk.core, limiter: limiter, url: "https://broker", readiness: Readiness(desk.core))
        let request = BrokerRequest(
            method: "GET", target: "/readyz", contentType: nil, authorization: nil, body: try .of(""),
            origin: desk.origin)
        for _ in 0..<20 {
            let reply = await router.answer(request)
            #expect(reply.status == 503 && reply.body?.exposedText == "an issuer's keys cannot be had\n")
        }
        #expect(desk.issuer.server.requests.count == 1)
        desk.issuer.follow { _ in nil }
        desk.clock.advance(5)
        #expect(await router.answer(request).status == 200)
        desk.issuer.follow { _ in .text("down", status: 503) }
        desk.clock.advance(23 * 3600)
        #expect(await router.answer(request).status == 200)
    }

    /// A key set of two signers' keys.
    static func joined(_ one: JWSSigner, _ two: JWSSigner) throws -> [UInt8] {
        let keys = [one, two].map { signer in
            String(decoding: signer.jwks, as: UTF8.self).drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
        }
        return Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8)
    }
}
