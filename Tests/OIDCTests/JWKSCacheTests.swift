import Diagnostics
import HTTPTransport
import InjectTesting
import JOSE
import OIDC
import Testing

@Suite("JWKSCache, against a real server")
struct JWKSCacheTests {
    private let clock = FakeClock(TokenBench.now)
    private let issuer: FakeIssuer
    private let cache: JWKSCache

    init() throws {
        issuer = try FakeIssuer()
        cache = Self.cache(of: issuer, clock)
    }

    @Test("keys are fetched once and used for ten minutes")
    func fresh() async throws {
        for _ in 0..<5 { _ = try await cache.keys() }
        clock.advance(599)
        let keys = try await cache.keys()
        #expect(issuer.keyRequestCount == 1)
        #expect(keys.set.keys.map(\.keyID) == [Array(issuer.signer.keyID.utf8)])
    }

    @Test("callers at the same time share one fetch")
    func singleFlight() async throws {
        let arrived = Gate(count: 2)
        issuer.follow { request in
            if request.path == "/jwks" { arrived.arriveAndWait() }
            return nil
        }
        let callers = (0..<20).map { _ in Task { try await cache.keys().generation } }
        await arrived.arrive()
        for caller in callers { #expect(try await caller.value == 1) }
        #expect(issuer.keyRequestCount == 1)
    }

    @Test("a caller that is cancelled does not cancel the fetch of the others")
    func cancelledCaller() async throws {
        let arrived = Gate(count: 2)
        issuer.follow { request in
            if request.path == "/jwks" { arrived.arriveAndWait() }
            return nil
        }
        let first = Task { try await cache.keys() }
        let second = Task { try await cache.keys() }
        first.cancel()
        await arrived.arrive()
        #expect(try await second.value.generation == 1)
    }

    @Test("stale keys serve while new ones are fetched behind them")
    func softAge() async throws {
        _ = try await cache.keys()
        try issuer.rotate()
        clock.advance(600)
        let stale = try await cache.keys()
        #expect(stale.generation == 1)
        // Joins the flight that is under way, or sees what it brought.
        let newer = try #require(try await cache.keys(newerThan: stale))
        #expect(newer.set.keys.map(\.keyID) == [Array(issuer.signer.keyID.utf8)])
        #expect(issuer.keyRequestCount == 2)
    }

    @Test("keys of twenty minutes ago do not serve before the issuer is asked", arguments: [1200, 86_399])
    func idle(seconds: Int64) async throws {
        _ = try await cache.keys()
        try issuer.rotate()
        clock.advance(seconds)
        let keys = try await cache.keys()
        #expect(keys.generation == 2)
        #expect(keys.set.keys.map(\.keyID) == [Array(issuer.signer.keyID.utf8)])
        #expect(issuer.keyRequestCount == 2)
    }

    @Test("a token of a key that was withdrawn is refused after an idle time")
    func withdrawn() async throws {
        let verifier = TokenVerifier(issuer: Self.configuration(issuer), keys: cache, now: { [clock] in clock.now })
        let signer = issuer.signer
        _ = try await verifier.verify(token(of: signer), audience: "a")
        try issuer.rotate()
        clock.advance(3600)
        await expectDiagnostic("token-unknown-key") { try await verifier.verify(token(of: signer), audience: "a") }
    }

    @Test("an unknown key fetches once in 30 seconds, however many tokens name one")
    func unknownKeyFlood() async throws {
        var seen = try await cache.keys()
        for _ in 0..<100 { #expect(try await cache.keys(newerThan: seen) == nil) }
        #expect(issuer.keyRequestCount == 1)
        for round in 1...3 {
            clock.advance(30)
            let before = seen
            let answers = try await withThrowingTaskGroup(of: IssuerKeys?.self) { group in
                for _ in 0..<50 { group.addTask { try await cache.keys(newerThan: before) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            seen = try #require(answers.compactMap(\.self).first)
            #expect(issuer.keyRequestCount == 1 + round)
        }
    }

    @Test("a set that is newer than the one a token failed with needs no fetch")
    func alreadyNewer() async throws {
        let first = try await cache.keys()
        clock.advance(30)
        let second = try #require(try await cache.keys(newerThan: first))
        #expect(try await cache.keys(newerThan: first)?.generation == second.generation)
        #expect(issuer.keyRequestCount == 2)
    }

    @Test("a rotated key is found by the token that needs it")
    func rotation() async throws {
        let verifier = TokenVerifier(issuer: Self.configuration(issuer), keys: cache, now: { [clock] in clock.now })
        _ = try await verifier.verify(token(), audience: "a")
        try issuer.rotate()
        await expectDiagnostic("token-unknown-key") { try await verifier.verify(token(), audience: "a") }
        clock.advance(30)
        _ = try await verifier.verify(token(), audience: "a")
        #expect(issuer.keyRequestCount == 2)
    }

    @Test("the last good set serves for 24 hours of outage, and then nothing does")
    func outage() async throws {
        let good = try await cache.keys()
        issuer.follow { _ in .text("", status: 503) }
        for _ in 0..<23 {
            clock.advance(3600)
            #expect(try await cache.keys().generation == good.generation)
            await settle(after: good)
        }
        clock.advance(3599)
        #expect(try await cache.keys().generation == good.generation)
        await settle(after: good)
        clock.advance(1)
        await expectDiagnostic("issuer-keys-unavailable") { try await cache.keys() }
        issuer.follow { _ in nil }
        #expect(try await cache.keys().generation == good.generation + 1)
    }

    @Test("in an outage the first token waits for the issuer, and those after it do not")
    func waitsOnce() async throws {
        let good = try await cache.keys()
        issuer.follow { _ in .text("", status: 503) }
        clock.advance(3600)
        #expect(try await cache.keys().generation == good.generation)
        issuer.follow { _ in nil }
        clock.advance(30)
        #expect(try await cache.keys().generation == good.generation)
        #expect(try await cache.keys(newerThan: good)?.generation == good.generation + 1)
    }

    @Test("a clock that is set back fetches again instead of trusting for longer")
    func clockBack() async throws {
        let first = try await cache.keys()
        clock.advance(-1000)
        _ = try await cache.keys()
        #expect(try await cache.keys(newerThan: first)?.generation == 2)
    }

    @Test(
        "key sets that are not used",
        arguments: [
            (LoopbackReply.text("", status: 500), "issuer-keys-unavailable"),
            (.text("", status: 302, headers: [("Location", "/jwks2")]), "issuer-keys-unavailable"),
            (.text("{}"), "issuer-keys-refused"), (.text("no JSON"), "issuer-keys-refused"),
            (.text(#"{"keys":[],"keys":[]}"#), "issuer-keys-refused"),
            (.text(#"{"keys":[{"kty":"oct","k":"AAAA"}]}"#), "issuer-keys-refused"),
            (.text(#"{"keys":[{"kid":"a"},{"kid":"a"}]}"#), "issuer-keys-refused"),
            (.text(String(repeating: " ", count: 102_401)), "issuer-keys-unavailable"),
            (.endless, "issuer-keys-unavailable"), (.hangUp, "issuer-keys-unavailable"),
        ] as [(LoopbackReply, String)]
    )
    func refusedSets(reply: LoopbackReply, id: String) async {
        issuer.follow { $0.path == "/jwks" ? reply : nil }
        await expectDiagnostic(id) { try await cache.keys() }
        #expect(!issuer.server.requests.contains { $0.path == "/jwks2" })
    }

    @Test(
        "discovery documents that are not followed",
        arguments: [
            #"{"issuer":"SELF/","jwks_uri":"SELF/jwks"}"#,
            #"{"issuer":"https://other.example","jwks_uri":"SELF/jwks"}"#,
            #"{"jwks_uri":"SELF/jwks"}"#, #"{"issuer":"SELF"}"#, #"{"issuer":"SELF","jwks_uri":""}"#,
            #"{"issuer":"SELF","jwks_uri":"https://other.example/jwks"}"#, #"{"issuer":"SELF","jwks_uri":"/jwks"}"#,
            #"{"issuer":"SELF","jwks_uri":"http://localhost:1/jwks"}"#, #"{"issuer":"SELF","jwks_uri":"file:///jwks"}"#,
            #"{"issuer":"SELF","issuer":"SELF","jwks_uri":"SELF/jwks"}"#, "[]", "",
        ]
    )
    func refusedDiscovery(document: String) async {
        let url = issuer.url
        issuer.follow { request in
            guard request.path != "/jwks" else { return nil }
            return .text(document.replacing("SELF", with: url))
        }
        await expectDiagnostic("issuer-discovery-refused") { try await cache.keys() }
        #expect(issuer.keyRequestCount == 0)
    }

    @Test("a discovery document that cannot be read is not called another's", arguments: ["[]", "", "<html>"])
    func unreadableDiscovery(document: String) async {
        issuer.follow { _ in .text(document) }
        let text = await expectDiagnostic("issuer-discovery-refused") { try await cache.keys() }
        #expect(text.contains("the discovery document of issuer `\(issuer.url)` cannot be read as a JSON object"))
    }

    @Test("plain HTTP is not used without permission, not even on this machine")
    func noPermission() async {
        let cache = JWKSCache(Self.configuration(issuer), http: CurlClient(), now: { [clock] in clock.now })
        await expectDiagnostic("issuer-keys-unavailable") { try await cache.keys() }
        #expect(issuer.server.acceptCount == 0)
    }

    @Test("the server's clock comes with the keys")
    func serverTime() async throws {
        let signer = issuer.signer
        issuer.follow { request in
            guard request.path == "/jwks" else { return nil }
            let date = (name: "Date", value: "Tue, 24 Nov 2026 03:00:05 GMT")
            return .answer(status: 200, headers: [date], body: signer.jwks)
        }
        let keys = try await cache.keys()
        #expect(keys.serverTime == TokenBench.now + 5)
        #expect(keys.fetchedAt == TokenBench.now)
    }

    @Test("keys of a supplied source are never fetched")
    func supplied() async {
        let cache = JWKSCache(.local, http: CurlClient(), now: { [clock] in clock.now })
        await expectDiagnostic("issuer-keys-unavailable") { try await cache.keys() }
    }

    /// Waits for the fetch that a stale answer started, so that the server has seen it before the clock moves on.
    private func settle(after seen: IssuerKeys) async {
        _ = try? await cache.keys(newerThan: seen)
    }

    private func token(of signer: JWSSigner? = nil) throws -> UnverifiedToken {
        let time = clock.now
        let text = #"{"iss":"\#(issuer.url)","aud":"a","sub":"s","iat":\#(time),"exp":\#(time + 300)}"#
        return try UnverifiedToken((signer ?? issuer.signer).sign(payload: Array(text.utf8)))
    }

    private static func configuration(_ issuer: FakeIssuer) -> IssuerConfiguration {
        var configuration = IssuerConfiguration(issuer: issuer.url)
        configuration.algorithms = [.es256]
        return configuration
    }

    private static func cache(of issuer: FakeIssuer, _ clock: FakeClock) -> JWKSCache {
        JWKSCache(configuration(issuer), http: CurlClient(), trustsLoopback: true, now: { clock.now })
    }
}
