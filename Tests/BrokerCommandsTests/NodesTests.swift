import Foundation
import InjectTesting
import Secrets
import Testing

@Suite("inject-broker: several nodes")
struct NodesTests {
    @Test("an address that another program has is said, and what to do")
    func taken() throws {
        let bench = try BrokerBench()
        let text = try String(contentsOfFile: bench.folder.path("broker.yaml"), encoding: .utf8)
        try bench.folder.write(
            "two.yaml",
            text.replacing("127.0.0.1:0", with: "127.0.0.1:\(bench.broker.port)")
                .replacing("audit.jsonl", with: "two.jsonl").replacing("state.db", with: "two.db"))
        let result = try CommandRunner(product: "inject-broker", in: bench.folder).run([
            "serve", "--config", "two.yaml",
        ])
        #expect(result.status == 1)
        #expect(
            result.error.hasSuffix(
                """
                error[broker-failed]: the broker cannot listen: address already in use
                  = help: another program may have the address; see `listen` and `metrics`

                """), "\(result)")
    }

    @Test(
        "a token of one node is good at another, a replay there is refused, and a node that is killed takes nothing along"
    )
    func nodes() async throws {
        let address = try PostgresServer.shared.get().database()
        let one = try BrokerBench(state: "{ postgres: \"\(address)\" }", extra: "node: one")
        let two = try BrokerBench(state: "{ postgres: \"\(address)\" }", extra: "node: two")
        let subject = try one.token()
        let token = try #require(try await one.exchange(subject)["access_token"] as? String)
        #expect(try await two.exchange(subject).error == "invalid_grant")
        _ = one.broker.stop(SIGKILL)
        #expect(try await two.fetch(token).status == 200)
        #expect(try await two.exchange(subject).error == "invalid_grant")
        #expect(try await two.form("/v1/revoke", [("token", token)]).status == 200)
        #expect(try await two.fetch(token).status == 401)
        #expect(try two.events().contains("token.refused failure replayed"))
        #expect(try one.isWhole() && two.isWhole())
    }

    @Test("of 200 at once at two nodes with one token exactly one gets a scoped token")
    func race() async throws {
        let address = try PostgresServer.shared.get().database()
        let extra = #"limits: { failures: "0" }"#
        let one = try BrokerBench(state: "{ postgres: \"\(address)\" }", extra: extra + "\nnode: one")
        let two = try BrokerBench(state: "{ postgres: \"\(address)\" }", extra: extra + "\nnode: two")
        let subject = try one.token()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<200 { group.addTask { try await (index % 2 == 0 ? one : two).exchange(subject).status } }
            return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [200: 1, 400: 199])
    }
}
