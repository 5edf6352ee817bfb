import Foundation
import InjectTesting
import Testing

/// One job's token, shown ten thousand times at once.
@Suite("inject-broker: replays at once")
struct ReplayTests {
    /// In make test fewer, because every one is verified and recorded by a build for debugging.
    static let count = ProcessInfo.processInfo.environment["INJECT_LONG_TESTS"] != nil ? 10_000 : 1_000
    private static let limits = #"limits: { failures: "0", connections_per_address: "4096" }"#

    private static func expectOneGrant(_ nodes: [BrokerBench]) throws {
        let request = Flood.exchange(try nodes[0].token())
        let outcome = try Flood.send(
            [request], times: count, to: nodes.map(\.broker.port), connections: 500)
        #expect(outcome.statuses == ["200": 1, "400": count - 1])
        #expect(outcome.bodies["400"] == [AttackTests.refusal.body])
        let events = try nodes.flatMap { try $0.events() }
        #expect(events.count { $0 == "token.issued success" } == 1)
        #expect(events.count { $0 == "token.refused failure replayed" } == count - 1)
        for node in nodes {
            #expect(node.broker.stop() == 0)
            #expect(try node.verdict().status == 0)
        }
    }

    @Test("exactly one is granted by one node, and each refusal is recorded")
    func one() throws { try Self.expectOneGrant([BrokerBench(extra: Self.limits)]) }

    @Test("exactly one is granted by two nodes on one database")
    func two() throws {
        let address = try PostgresServer.shared.get().database()
        try Self.expectOneGrant(
            ["one", "two"].map { name in
                try BrokerBench(state: "{ postgres: \"\(address)\" }", extra: Self.limits + "\nnode: \(name)")
            })
    }
}
