import Foundation
import HTTPTransport
import InjectTesting
import Synchronization
import Testing

/// Two nodes on one PostgreSQL behind a proxy of another maker, and what becomes of answers when one of these dies.
@Suite("inject-broker: faults of nodes and database")
struct NodeFaultTests {
    /// What clients were told, by the job's token.
    private final class Answers: Sendable {
        let all = Mutex<[(subject: String, answer: BrokerBench.Answer?)]>([])

        func add(_ subject: String, _ answer: BrokerBench.Answer?) { all.withLock { $0.append((subject, answer)) } }

        func count(_ status: Int) -> Int { all.withLock { $0.count { $0.answer?.status == status } } }

        /// The scoped tokens that were handed out, by the job's token.
        var tokens: [String: [String]] {
            all.withLock { all in
                all.reduce(into: [:]) { tokens, entry in
                    if let token = entry.answer?["access_token"] as? String {
                        tokens[entry.subject, default: []] += [token]
                    }
                }
            }
        }
    }

    private static func nodes(_ address: String) throws -> [BrokerBench] {
        try ["one", "two"].map { name in
            try BrokerBench(
                state: "{ postgres: \"\(address)\" }",
                extra: "node: \(name)\nbehind_proxy: \"true\"\nlimits: { failures: \"0\" }",
                // Beside all other tests the load takes minutes, and what was handed out first has to be good at its end.
                policy: ("acme/shop", { BrokerBench.policy(issuer: $0).replacing("ttl: 2m", with: "ttl: 15m") }))
        }
    }

    /// Sends tokens at once, each twice, until there is none left or somebody has seen enough.
    private static func load(
        _ bench: BrokerBench,
        at url: String,
        into answers: Answers,
        next: @escaping @Sendable () throws -> String?
    ) async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    while let subject = try next() {
                        for _ in 0..<2 { answers.add(subject, try? await bench.exchange(subject, at: url)) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// What has to be true of all that clients were told.
    private static func expectTruth(_ answers: Answers, _ nodes: [BrokerBench]) async throws {
        let log = try nodes.map { try $0.audit().joined() }.joined()
        for (subject, tokens) in answers.tokens {
            #expect(tokens.count == 1, "a job's token was good twice")
            for node in nodes {
                #expect(try await node.fetch(tokens[0]).status == 200, "a token that was handed out is gone")
                #expect(try await node.exchange(subject).error == "invalid_grant", "a replay")
            }
            #expect(try log.contains(Digests.sha256(tokens[0])), "a token without its record")
        }
        for node in nodes {
            #expect(node.broker.stop() == 0)
            #expect(try node.verdict().status == 0)
        }
    }

    @Test("a node that is killed in the middle of a load takes nothing along, and the other one goes on")
    func node() async throws {
        let nodes = try Self.nodes(PostgresServer.shared.get().database())
        let front = try HAProxy(before: nodes.map(\.broker.port))
        let answers = Answers()
        let waiting = Mutex(150)
        try await Self.load(nodes[1], at: "http://127.0.0.1:\(front.port)", into: answers) {
            // A token is made when it is needed: on a slow machine the first ones would end before they are looked at.
            try waiting.withLock { waiting in
                if waiting == 100 { nodes[0].broker.signal(SIGKILL) }
                guard waiting > 0 else { return nil }
                waiting -= 1
                return try nodes[0].token()
            }
        }
        let statuses = Set(answers.all.withLock { $0.map { $0.answer?.status ?? 0 } })
        #expect(statuses.isSubset(of: [200, 400, 502, 503]), "\(statuses)")
        #expect(answers.tokens.count > 120)
        try nodes[0].restart(with: SIGKILL)
        try await Self.expectTruth(answers, nodes)
    }

    @Test("a database that crashes under load costs answers, makes none wrong, and is used again once it is back")
    func database() async throws {
        let postgres = try PostgresServer()
        let nodes = try Self.nodes(postgres.database())
        let front = try HAProxy(before: nodes.map(\.broker.port))
        let answers = Answers()
        let phase = Mutex(0)
        let deadline = ContinuousClock.now + .seconds(120)
        try await Self.load(nodes[1], at: "http://127.0.0.1:\(front.port)", into: answers) {
            try phase.withLock { phase in
                switch phase {
                case 0 where answers.count(200) >= 40:
                    try postgres.crash()
                    phase = 1
                case 1 where answers.count(503) >= 40:
                    try postgres.start()
                    phase = 2
                case 2 where answers.count(200) >= 100: phase = 3
                default: break
                }
                guard phase < 3, ContinuousClock.now < deadline else { return nil }
                return try nodes[0].token()
            }
        }
        #expect(phase.withLock { $0 } == 3, "\(nodes[0].broker.logged.suffix(2000))")
        let statuses = Set(answers.all.withLock { $0.map { $0.answer?.status ?? 0 } })
        #expect(statuses == [200, 400, 503], "\(statuses)")
        for node in nodes { #expect(try await node.send(.get, "/readyz").status == 200) }
        try await Self.expectTruth(answers, nodes)
    }
}
