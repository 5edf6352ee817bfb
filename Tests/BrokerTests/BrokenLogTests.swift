import Broker
import Foundation
import InjectTesting
import Secrets
import Testing

@Suite("A broker whose log cannot be written")
struct BrokenLogTests {
    private let desk: BrokerDesk

    init() async throws { desk = try await BrokerDesk() }

    /// Event, outcome and reason of each record.
    private func events() throws -> [String] {
        try String(contentsOfFile: desk.folder.path("audit.jsonl"), encoding: .utf8).split(separator: "\n").map {
            line in
            let match = line.firstMatch(of: /"event":"([a-z.]+)","outcome":"([a-z]+)"(,"reason":"([^"]*)")?/)
            return [match?.1, match?.2, match?.4].compactMap(\.self).joined(separator: " ")
        }
    }

    private func ready() async throws -> String {
        let router = BrokerRouter(
            desk.core, limiter: FailureLimiter(limit: 0, seconds: 1, now: { 0 }), url: "https://broker",
            readiness: Readiness(desk.core))
        let empty = try SecretBytes.of("")
        let reply = await router.answer(
            BrokerRequest(
                method: "GET", target: "/readyz", contentType: nil, authorization: nil, body: empty, origin: desk.origin
            )
        )
        return "\(reply.status) \(reply.body?.exposedText ?? "")"
    }

    @Test("refuses an exchange, and takes the same token of the job once there is a record of it")
    func exchange() async throws {
        let token = try desk.token()
        desk.log.breakDown()
        #expect(await desk.exchange(token) == "audit-unavailable")
        desk.log.mend()
        #expect(await desk.exchange(token) == "prod/API_KEY")
        #expect(await desk.exchange(token) == "replayed")
        #expect(
            desk.alerts.texts == [
                "audit-failure a record could not be written", "replay repo:acme/shop:ref:refs/heads/main",
            ])
        #expect(try events().suffix(2) == ["token.issued success", "token.refused failure replayed"])
    }

    @Test("refuses a revocation, and records it at the next try, once")
    func revocation() async throws {
        let service = TokenService(desk.core)
        let answer = try await ExchangeService(desk.core).exchange(desk.token(), scope: nil, from: desk.origin)
        desk.log.breakDown()
        await #expect(throws: Refusal.self) { try await service.revoke(answer.token.text, from: desk.origin) }
        desk.log.mend()
        for _ in 0..<2 { try await service.revoke(answer.token.text, from: desk.origin) }
        #expect(try events().suffix(2) == ["token.issued success", "token.revoked success"])
        #expect(try await service.introspect(answer.token.text, from: desk.origin) == nil)
    }

    @Test("says that it is not ready as long as that lasts")
    func readiness() async throws {
        #expect(try await ready() == "200 ready\n")
        desk.log.breakDown()
        #expect(await desk.exchange(try desk.token()) == "audit-unavailable")
        #expect(try await ready() == "503 the log cannot be written\n")
        desk.log.mend()
        #expect(try await ready() == "200 ready\n")
        #expect(try await ready() == "200 ready\n")
        #expect(try events() == ["audit.started success"])
    }
}
