import Broker
import BrokerState
import Foundation
import InjectTesting
import Testing

/// Nodes that write the same rows, each in an order of its own.
@Suite("PostgresTokenStore: locks")
struct LockOrderTests {
    private let address: String
    private let stores: [PostgresTokenStore]

    init() async throws {
        address = try PostgresServer.shared.get().database()
        var stores: [PostgresTokenStore] = []
        for index in 0..<4 { stores.append(try await PostgresTokenStore(address: address, node: "node-\(index)")) }
        self.stores = stores
    }

    /// Does work for each of some things at each node at once, and returns what came of it.
    private func everywhere<Thing: Sendable, Value: Sendable>(
        _ things: [Thing],
        seed: UInt64,
        _ work: @escaping @Sendable (PostgresTokenStore, Thing) async throws -> Value
    ) async throws -> [Value] {
        var random = SeededRandom(seed: seed)
        return try await withThrowingTaskGroup { group in
            for store in stores {
                for thing in things.shuffled(using: &random) { group.addTask { try await work(store, thing) } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func deadlocks() throws -> Int {
        try PostgresServer.shared.get().logged(by: address).filter { $0.contains("deadlock detected") }.count
    }

    @Test(
        "four nodes that use up the same ids, in any orders, never wait for each other in a circle", arguments: 0..<10)
    func uses(seed: UInt64) async throws {
        let ids = Array(0..<60)
        let firsts = try await everywhere(ids, seed: seed) { store, id in
            try await store.issue(TokenStoreTests.token("\(id)")) ? [id] : []
        }
        #expect(firsts.flatMap(\.self).sorted() == ids)
        #expect(try deadlocks() == 0)
    }

    @Test("nor do nodes that note, take back and look up the same tokens", arguments: 0..<5)
    func tokens(seed: UInt64) async throws {
        let tokens = try (0..<60).map { try TokenStoreTests.token("\($0)") }
        for token in tokens { #expect(try await stores[0].issue(token)) }
        let revoked = try await everywhere(tokens, seed: seed) { store, token in
            try await store.markRecorded(token.digest)
            return try await store.revoke(token.digest).map { [$0.use.id] } ?? []
        }
        #expect(revoked.flatMap(\.self).count == tokens.count && Set(revoked.flatMap(\.self)).count == tokens.count)
        #expect(try deadlocks() == 0)
    }
}
