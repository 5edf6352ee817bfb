import Broker
import Foundation
import InjectTesting
import Secrets
import Testing

@Suite("What a broker records")
struct BrokerRecordTests {
    private let desk: BrokerDesk

    init() async throws { desk = try await BrokerDesk() }

    private func records(_ event: String) throws -> [String] {
        try String(contentsOfFile: desk.folder.path("audit.jsonl"), encoding: .utf8).split(separator: "\n")
            .map(String.init).filter { $0.contains("\"event\":\"\(event)\"") }
    }

    @Test("of a value are the grants that open it, and break-glass where one of them is that")
    func grants() async throws {
        let emergency = """
                  - id: incident-7
                    when: { event_name: push, environment: prod }
                    read: OTHER
                    reason: the shop is down
                    not_before: "2026-11-24T02:59:00Z"
                    expires: "2026-11-24T05:00:00Z"

            """
        let policy = PolicyFolderTests.policy("acme/shop")
            .replacing("repository: acme/shop", with: "issuer: \"\(desk.issuer.url)\"\nrepository: acme/shop")
            .replacing("    grants:", with: "      OTHER: { from: \"file:api_key\" }\n    grants:")
        try desk.folder.write("policies/acme/shop/inject.yaml", policy + emergency)
        try desk.core.policies.reload()
        let token = try desk.token(environment: "prod")
        let answer = try await ExchangeService(desk.core).exchange(token, scope: nil, from: desk.origin)
        #expect(answer.issued.scope == "prod/API_KEY prod/OTHER")
        let values = try await FetchService(desk.core).fetch([], with: answer.token.text, from: desk.origin)
        #expect(values.count == 2)
        let reads = try records("secret.read")
        #expect(reads.count == 2)
        #expect(reads[0].contains(#""secret":"API_KEY""#) && reads[0].contains(#""grant":"deploy"}"#))
        #expect(!reads[0].contains("break_glass"))
        #expect(reads[1].contains(#""secret":"OTHER""#) && reads[1].contains(#""grant":"incident-7"}"#))
        #expect(reads[1].contains(#""break_glass":{"reason":"the shop is down","expires":"2026-11-24T05:00:00Z"}"#))
    }

    @Test("of a value that is not there is its name alone, and nobody is told to come back for it soon")
    func missing() async throws {
        let policy = PolicyFolderTests.policy("acme/shop")
            .replacing("repository: acme/shop", with: "issuer: \"\(desk.issuer.url)\"\nrepository: acme/shop")
            .replacing("    grants:", with: "      GONE: { from: \"file:gone\" }\n    grants:")
            .replacing("read: API_KEY", with: "read: [API_KEY, GONE]")
        try desk.folder.write("policies/acme/shop/inject.yaml", policy)
        try desk.core.policies.reload()
        let answer = try await ExchangeService(desk.core).exchange(desk.token(), scope: nil, from: desk.origin)
        let refusal = await #expect(throws: Refusal.self) {
            try await FetchService(desk.core).fetch([], with: answer.token.text, from: desk.origin)
        }
        #expect(refusal?.reason == "secret-missing" && refusal?.code == .unavailable)
        let reply = try BrokerReply.refusal(#require(refusal))
        #expect(reply.status == 503 && !reply.headers.contains { $0.name == "Retry-After" })
        let reads = try records("secret.read")
        #expect(reads.count == 1 && reads[0].contains(#""object":{"secret":"prod/GONE"}"#))
    }

    @Test("of the questions of a job that may read nothing are no names, and its address has to wait after some")
    func questions() async throws {
        let router = BrokerRouter(
            desk.core, limiter: FailureLimiter(limit: 2, seconds: 60, now: { 0 }), url: "https://broker",
            readiness: Readiness(desk.core))
        var statuses: [Int] = []
        for repository in ["acme/shop", "acme/shop", "acme/shop", "acme/other", "acme/other", "acme/other"] {
            let token = try desk.token(repository: repository).exposedText
            let body = try SecretBytes.of(#"{"subject_token":"\#(token)","secrets":["prod/MANY"]}"#)
            let request = BrokerRequest(
                method: "POST", target: "/v1/explain", contentType: "application/json", authorization: nil, body: body,
                origin: desk.origin)
            statuses.append(await router.answer(request).status)
        }
        #expect(statuses == [200, 200, 200, 200, 200, 429])
        let names = try records("access.explained").compactMap { $0.firstMatch(of: /"secret":"([^"]*)"/)?.1 }
        #expect(names == ["prod/MANY", "prod/MANY", "prod/MANY", "(none)", "(none)"])
        #expect(desk.alerts.texts == ["failed-authentications 192.0.2.1"])
    }

    @Test("of a job's token without an id is the digest that stands for it, in hexadecimal")
    func nameless() async throws {
        #expect(await desk.exchange(try desk.token(hasID: false)) == "prod/API_KEY")
        #expect(try records("token.issued").count { $0.contains(/"jti":"[0-9a-f]{64}"/) } == 1)
    }

    @Test("a token for as many secrets as a policy has room for is found as it was issued")
    func manySecrets() throws {
        let secrets = (0..<20_000).compactMap { SecretPath("prod/S\($0)") }
        let issued = IssuedToken(
            digest: try AccessToken.mint().digest,
            use: TokenUse(issuer: "https://issuer", id: [0x6A], forgettableAt: 9),
            actor: ["sub", "repo:acme/shop"],
            repository: "acme/shop",
            policyDigest: "ab",
            grants: ["deploy"],
            secrets: secrets,
            issuedAt: 1,
            expiresAt: 2
        )
        #expect(secrets.count == 20_000)
        #expect(IssuedToken(digest: issued.digest, storedText: issued.storedText) == issued)
    }
}
