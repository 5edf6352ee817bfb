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

    @Test("of a job's token without an id is the digest that stands for it, in hexadecimal")
    func nameless() async throws {
        #expect(await desk.exchange(try desk.token(hasID: false)) == "prod/API_KEY")
        #expect(try records("token.issued").count { $0.contains(/"jti":"[0-9a-f]{64}"/) } == 1)
    }
}
