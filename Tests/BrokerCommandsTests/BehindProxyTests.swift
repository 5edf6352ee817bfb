import Foundation
import InjectTesting
import Testing

/// Whose a request is, where a proxy stands before the broker and where only a client says that one does.
@Suite("inject-broker: behind a proxy")
struct BehindProxyTests {
    /// A bad token, with a list of addresses in each of these headers; returns the answer's status.
    private static func refused(_ forwarded: [String], at port: Int) throws -> String {
        let connection = RawConnection(port: port)
        let body = BrokerBench.encoded(BrokerBench.exchangeForm("a.b.c"))
        connection.send(
            "POST /v1/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + forwarded.map { "X-Forwarded-For: \($0)\r\n" }.joined()
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        let answer = try #require(connection.rest(within: 20))
        return try String(#require(answer.firstMatch(of: /HTTP\/1\.1 (\d{3})/)).1)
    }

    /// The address of the last record.
    private static func address(_ bench: BrokerBench) throws -> String? {
        try bench.audit().last?.firstMatch(of: /"source":\{"ip":"([^"]*)"/).map { String($0.1) }
    }

    @Test(
        "a record has the address that the proxy saw; without a proxy nobody's word counts",
        arguments: [
            (true, ["198.51.100.7"], "198.51.100.7"), (true, ["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
            (true, ["203.0.113.9", "198.51.100.7"], "198.51.100.7"), (true, ["203.0.113.9,2001:db8::1"], "2001:db8::1"),
            (true, [], "127.0.0.1"), (false, ["198.51.100.7"], "127.0.0.1"), (false, [], "127.0.0.1"),
        ]
    )
    func source(isBehindProxy: Bool, forwarded: [String], address: String) throws {
        let bench = try BrokerBench(extra: "behind_proxy: \"\(isBehindProxy)\"")
        #expect(try Self.refused(forwarded, at: bench.broker.port) == "400")
        #expect(try Self.address(bench) == address)
    }

    @Test("an address cannot fill a record")
    func longAddress() throws {
        let bench = try BrokerBench(extra: #"behind_proxy: "true""#)
        _ = try Self.refused([String(repeating: "a", count: 500)], at: bench.broker.port)
        #expect(try Self.address(bench) == String(repeating: "a", count: 64))
    }

    @Test("failures count against the address that the proxy saw, and not against the proxy")
    func failures() throws {
        let bench = try BrokerBench(extra: "behind_proxy: \"true\"\nlimits: { failures: \"2\" }")
        let statuses = try (0..<3).map { _ in try Self.refused(["198.51.100.7"], at: bench.broker.port) }
        #expect(statuses == ["400", "400", "429"])
        #expect(try Self.refused(["198.51.100.8"], at: bench.broker.port) == "400")
    }

    @Test("what a client says passes through a real HAProxy, and HAProxy's word counts")
    func realProxy() throws {
        let bench = try BrokerBench(extra: #"behind_proxy: "true""#)
        let front = try HAProxy(before: bench.broker.port, rules: "option forwardfor")
        #expect(try Self.refused(["203.0.113.9"], at: front.port) == "400")
        #expect(try Self.address(bench) == "127.0.0.1")
    }
}
