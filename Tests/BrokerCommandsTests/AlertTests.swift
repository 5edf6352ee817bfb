import Foundation
import HTTPTransport
import InjectTesting
import Synchronization
import Testing

@Suite("inject-broker: alerts and metrics")
struct AlertTests {
    /// A webhook that answers as it is told, attempt by attempt, and with 200 in the end.
    private static func webhook(_ statuses: [Int] = []) throws -> LoopbackServer {
        let rest = Mutex(statuses)
        return try LoopbackServer { _ in
            .text("", status: rest.withLock { $0.isEmpty ? 200 : $0.removeFirst() })
        }
    }

    private static func members(_ request: LoopbackRequest) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
    }

    private static func wait(until isDone: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try await !isDone() {
            guard ContinuousClock.now < deadline else { throw BrokerProcess.Failure(description: "it never happened") }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test("a replay, a first use and break-glass each reach the webhook, in words that hold no token and no value")
    func webhook() async throws {
        let server = try Self.webhook()
        let bench = try BrokerBench(extra: "node: one\nalerts: { webhook: \(server.url)/hook }")
        let token = try bench.token()
        let scoped = try #require(try await bench.exchange(token)["access_token"] as? String)
        _ = try await bench.fetch(scoped)
        _ = try await bench.exchange(token)
        let changes = [("event_name", #""workflow_dispatch""#), ("environment", #""emergency""#)]
        _ = try await bench.accessToken(claims: changes)
        try await Self.wait { server.requests.count >= 4 }
        let alerts = try server.requests.map(Self.members)
        let shown = Set(alerts.map { "\($0["alert"] ?? "") \($0["detail"] ?? "")" })
        let workflow = "acme/shop acme/shop/.github/workflows/x.yml@refs/heads/main"
        #expect(
            shown == [
                "first-use \(workflow) prod/API_KEY", "first-use \(workflow) prod/TLS_KEY",
                "replay repo:acme/shop:ref:refs/heads/main",
                "break-glass acme/shop repo:acme/shop:ref:refs/heads/main incident-7",
            ])
        #expect(alerts.allSatisfy { $0["node"] as? String == "one" && $0["time"] is Int })
        for request in server.requests {
            #expect(request.method == "POST" && request.path == "/hook")
            let body = String(decoding: request.body, as: UTF8.self)
            #expect(!body.contains(token) && !body.contains(scoped) && !body.contains(BrokerBench.value))
        }
    }

    @Test("a webhook that fails is tried three times in all, and what it never took is counted")
    func retry() async throws {
        let server = try Self.webhook([500, 503])
        let bench = try BrokerBench(extra: "alerts: { webhook: \(server.url) }")
        let token = try bench.token()
        for _ in 0..<2 { _ = try await bench.exchange(token) }
        try await Self.wait { server.requests.count == 3 }
        #expect(Set(server.requests.map { String(decoding: $0.body, as: UTF8.self) }).count == 1)
        #expect(!bench.broker.logged.contains("could not be delivered"))
        let dead = try Self.webhook([500, 500, 500, 500])
        let other = try BrokerBench(extra: "alerts: { webhook: \(dead.url) }")
        let again = try other.token()
        for _ in 0..<2 { _ = try await other.exchange(again) }
        try await other.waits(for: "an alert could not be delivered")
        #expect(dead.requests.count == 3)
    }

    @Test("a webhook over TLS is believed by its certificate alone")
    func tls() async throws {
        let folder = try TemporaryFolder()
        let certificate = try TestCertificate(in: folder, name: "hook", for: "IP:127.0.0.1")
        let server = try TLSServer(certificate: certificate.certificate, key: certificate.key)
        let bench = try BrokerBench(extra: "alerts: { webhook: \"https://127.0.0.1:\(server.port)/\" }")
        let token = try bench.token()
        for _ in 0..<2 { _ = try await bench.exchange(token) }
        try await bench.waits(for: "an alert could not be delivered")
    }

    @Test("the same alert goes out once a minute, however often it is raised")
    func flood() async throws {
        let server = try Self.webhook()
        let bench = try BrokerBench(extra: "limits: { failures: \"0\" }\nalerts: { webhook: \(server.url) }")
        let token = try bench.token()
        for _ in 0..<30 { _ = try await bench.exchange(token) }
        let last = try bench.token([("sub", #""repo:acme/shop:another""#)])
        for _ in 0..<2 { _ = try await bench.exchange(last) }
        try await Self.wait { server.requests.count >= 2 }
        #expect(server.requests.count == 2)
        try await bench.waits(for: "alert", 30)
    }

    @Test("an actor that is refused too often is told of by its name, an address by its own")
    func actors() async throws {
        let bench = try BrokerBench(extra: #"limits: { failures: "3", window: 60s }"#)
        for _ in 0..<3 { _ = try await bench.exchange(bench.token([("ref", #""refs/heads/topic""#)])) }
        for detail in ["repo:acme/shop:ref:refs/heads/main", "127.0.0.1"] {
            try await Self.wait {
                bench.broker.logged.contains(#""detail":"\#(detail)","kind":"failed-authentications""#)
            }
        }
    }

    /// A broker that has counted something of every kind that a client can cause, and where its metrics are.
    private static func busy(_ extra: String = "") async throws -> (bench: BrokerBench, metrics: String) {
        let port = try LoopbackServer { _ in .text("") }.port
        let bench = try BrokerBench(extra: "metrics: 127.0.0.1:\(port)\n" + extra)
        let token = try bench.token()
        let scoped = try #require(try await bench.exchange(token)["access_token"] as? String)
        _ = try await (bench.fetch(scoped), bench.exchange(token), bench.exchange("a.b.c"))
        _ = try await bench.form("/v1/revoke", [("token", scoped)])
        try bench.folder.write("policies/acme/shop/inject.yaml", "version: 7")
        try await bench.reload(1)
        return (bench, "http://127.0.0.1:\(port)/metrics")
    }

    @Test("the metrics are what promtool takes without a remark, and name no repository and no secret")
    func prometheus() async throws {
        let (bench, url) = try await Self.busy()
        let request = HTTPRequest(url: url, timeout: .seconds(30), allowsPlainHTTPToLoopback: true)
        let response = try await bench.client.send(request)
        #expect(response.header("Content-Type") == "text/plain; version=0.0.4")
        let text = response.body.exposedText
        let promtool = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/promtool"), in: bench.folder.url)
        #expect(try promtool.run(["check", "metrics"], input: Array(text.utf8)) == CommandResult(status: 0))
        for line in [
            "inject_broker_exchanges_total 1", "inject_broker_values_total 2", "inject_broker_revocations_total 1",
            #"inject_broker_refusals_total{reason="replayed"} 1"#, #"inject_broker_alerts_total{kind="replay"} 1"#,
            #"inject_broker_policy_reloads_total{result="bad"} 1"#, "inject_broker_policies_stale 1",
        ] {
            #expect(text.split(separator: "\n").contains { $0 == line }, "\(line) in \(text)")
        }
        #expect(!text.contains("acme") && !text.contains("API_KEY"))
    }

    @Test("open connections are counted, those of a proxy, too", arguments: [false, true])
    func connections(isBehindProxy: Bool) async throws {
        let port = try LoopbackServer { _ in .text("") }.port
        let bench = try BrokerBench(extra: "metrics: 127.0.0.1:\(port)\nbehind_proxy: \"\(isBehindProxy)\"")
        var open = (0..<3).map { _ in RawConnection(port: bench.broker.port) }
        for count in [3, 0] {
            try await Self.wait {
                // The metrics' own address may be there a moment later than the broker's.
                let answer = try? await bench.send(.get, "/metrics", at: "http://127.0.0.1:\(port)")
                return answer?.body.exposedText.contains("\ninject_broker_connections \(count)\n") ?? false
            }
            open = []
        }
        #expect(open.isEmpty)
    }

    @Test("promtool would have a remark about metrics that are not well written")
    func promtool() throws {
        let folder = try TemporaryFolder()
        let promtool = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/promtool"), in: folder.url)
        let bad = Array("# TYPE x counter\nx 1\n".utf8)
        #expect(try promtool.run(["check", "metrics"], input: bad).status != 0)
    }

    /// The embedded metric format as CloudWatch's documentation specifies it.
    private static let schema = #"""
        {"type": "object", "required": ["_aws"], "properties": {"_aws": {"type": "object",
          "required": ["Timestamp", "CloudWatchMetrics"], "properties": {"Timestamp": {"type": "integer"},
          "CloudWatchMetrics": {"type": "array", "minItems": 1, "items": {"type": "object",
            "required": ["Namespace", "Dimensions", "Metrics"], "additionalProperties": false, "properties": {
            "Namespace": {"type": "string", "minLength": 1, "maxLength": 1024},
            "Dimensions": {"type": "array", "minItems": 1, "items": {"type": "array", "maxItems": 30,
              "items": {"type": "string", "minLength": 1, "maxLength": 250}}},
            "Metrics": {"type": "array", "minItems": 1, "maxItems": 100, "items": {"type": "object",
              "required": ["Name"], "additionalProperties": false, "properties": {
              "Name": {"type": "string", "minLength": 1, "maxLength": 1024}, "Unit": {"const": "Count"},
              "StorageResolution": {"enum": [1, 60]}}}}}}}}}}}
        """#

    @Test("lines for CloudWatch are of its format, name what they speak of, and add up to what was counted")
    func cloudWatch() async throws {
        let (bench, _) = try await Self.busy("node: one\nemf: 1s")
        // The last lines come at the end, so that nothing that was counted is lost.
        #expect(bench.broker.stop() == 0)
        try await Self.wait { bench.broker.logged.contains(#""message":"stopped""#) }
        let lines = bench.broker.logged.split(separator: "\n").filter { $0.contains("\"_aws\"") }
        let script = """
            import json, sys
            from jsonschema import Draft202012Validator
            schema = json.loads(sys.argv[1])
            total = {}
            for line in sys.stdin:
                record = json.loads(line)
                Draft202012Validator(schema).validate(record)
                for directive in record["_aws"]["CloudWatchMetrics"]:
                    for names in directive["Dimensions"]:
                        assert all(isinstance(record[name], str) for name in names), line
                    for metric in directive["Metrics"]:
                        label = " ".join(record[name] for name in directive["Dimensions"][0])
                        key = metric["Name"] + " " + label
                        total[key] = total.get(key, 0) + record[metric["Name"]]
            for name in sorted(total):
                if total[name]:
                    print(name, total[name])
            """
        let output = try Python.run(
            script, arguments: [Self.schema], input: Data(lines.joined(separator: "\n").utf8))
        let totals = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
        for line in [
            "exchanges one 1", "values one 2", "revocations one 1", "refusals one replayed 1", "alerts one replay 1",
            "policy_reloads one bad 1",
        ] {
            #expect(totals.contains(line), "\(line) in \(totals)")
        }
    }
}
