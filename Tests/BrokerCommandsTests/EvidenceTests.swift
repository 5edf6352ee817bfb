import Audit
import Foundation
import HTTPTransport
import InjectTesting
import Testing

/// What an auditor finds in the log of a broker that has seen everything.
@Suite("inject-broker: evidence")
struct EvidenceTests {
    private typealias Record = [String: Any]

    /// A broker's log with an event of every kind that a broker can be brought to record.
    private static func everything() async throws -> BrokerBench {
        let folder = try TemporaryFolder()
        let certificate = try TestCertificate(in: folder, name: "one", for: "IP:127.0.0.1")
        // Plain HTTP for the requests; the certificate is only read.
        let bench = try BrokerBench(extra: "node: one\nlimits: { failures: \"0\" }", audit: ", segment_bytes: \"4096\"")
        let token = try bench.token()
        let scoped = try #require(try await bench.exchange(token)["access_token"] as? String)
        _ = try await bench.fetch(scoped)
        _ = try await bench.fetch(scoped, #"{"secrets":["prod/NOPE"]}"#)
        _ = try await bench.form("/v1/introspect", [("token", scoped)])
        _ = try await bench.form("/v1/revoke", [("token", scoped)])
        _ = try await bench.fetch(scoped)
        _ = try await bench.fetch(nil)
        let broken = [("event_name", #""broken""#), ("environment", #""broken""#)]
        _ = try await bench.fetch(bench.accessToken(claims: broken))
        for bad in [
            token, "a.b.c", try bench.token([("ref", #""refs/heads/topic""#)]), try bench.token([("exp", "1")]),
        ] {
            _ = try await bench.exchange(bad)
        }
        let question = #"{"subject_token":"\#(try bench.token())"}"#
        _ = try await bench.send(.post, "/v1/explain", type: "application/json", body: question)
        let policy = try String(contentsOfFile: bench.folder.path("policies/acme/shop/inject.yaml"), encoding: .utf8)
        for text in ["version: 7", policy] {
            try bench.folder.write("policies/acme/shop/inject.yaml", text)
            try await bench.reload(text == policy ? 2 : 1)
        }
        _ = bench.broker.stop(SIGKILL)
        // Half a record, as a crash leaves it, and a certificate for the next run.
        let log = try FileHandle(forWritingTo: URL(fileURLWithPath: bench.folder.path("audit.jsonl")))
        try log.seekToEnd()
        try log.write(contentsOf: Data("{\"seq\":".utf8))
        let tls = "tls: { certificate: \(certificate.certificate), key: \(certificate.key) }\n"
        let text = try String(contentsOfFile: bench.folder.path("broker.yaml"), encoding: .utf8)
        try bench.folder.write("broker.yaml", text + tls)
        try bench.restart()
        try await bench.reload(1)
        try await bench.waits(for: "certificate read")
        _ = bench.broker.stop()
        return bench
    }

    private static func lines(_ bench: BrokerBench) throws -> [String] {
        let path = bench.folder.path("audit.jsonl")
        return try (AuditSegments.paths(of: path) + [path]).flatMap { path in
            try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        }
    }

    @Test(
        "every record, of what was done and of what was refused, has the six fields of PCI DSS 10.2.2 and is of the schema"
    )
    func fields() async throws {
        let bench = try await Self.everything()
        let lines = try Self.lines(bench)
        var seen: Set<String> = []
        for line in lines {
            let record = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? Record)
            let event = try #require(record["event"] as? String, "type of event")
            let outcome = try #require(record["outcome"] as? String, "success or failure")
            seen.insert("\(event) \(outcome)")
            #expect((record["actor"] as? Record)?["sub"] is String, "user identification: \(line)")
            #expect((record["time"] as? String)?.hasSuffix("Z") == true, "date and time: \(line)")
            #expect((record["source"] as? Record)?["ip"] is String, "origination: \(line)")
            #expect((record["object"] as? Record)?["secret"] is String, "what was affected: \(line)")
            if outcome != "success" { #expect(record["reason"] is String, "why: \(line)") }
        }
        // What only a crash between two writes, or years, bring about is made in `AuditTests` and `FaultTests`.
        let missing = AuditEventKind.allCases.filter { kind in !seen.contains { $0.hasPrefix(kind.rawValue + " ") } }
        #expect(Set(missing) == [.tokenInterrupted, .logRemoved])
        for refused in [
            "secret.read failure", "secret.read error", "token.refused failure", "policies.loaded error",
        ] {
            #expect(seen.contains(refused), "\(seen.sorted())")
        }
        try Self.validate(lines, in: bench.folder)
    }

    /// Has another program hold each record against the schema.
    private static func validate(_ lines: [String], in folder: TemporaryFolder) throws {
        let files = try lines.enumerated().map { try folder.write("records/\($0).json", $1) }
        let checker = CommandRunner(executable: try Python.program("check-jsonschema"), in: folder.url)
        let schema = PackageFolder.root.appendingPathComponent("Sources/Audit/audit-record.schema.json").path
        let good = try checker.run(["--schemafile", schema] + files)
        #expect(good.status == 0, "\(good)")
        let changed = lines[0].replacing("\"outcome\":\"success\"", with: "\"outcome\":\"perhaps\"")
        let bad = try checker.run(["--schemafile", schema, folder.write("records/bad.json", changed)])
        #expect(bad.status == 1)
        let meta = try checker.run(["--check-metaschema", schema])
        #expect(meta.status == 0, "\(meta)")
    }

    @Test("records older than they need be kept are removed at the start, file by file, and the rest can be checked")
    func retention() async throws {
        let bench = try BrokerBench(
            extra: "limits: { failures: \"0\" }", audit: ", segment_bytes: \"4096\", keep_days: \"1\"")
        for _ in 0..<30 { _ = try await bench.exchange("a.b.c") }
        let path = bench.folder.path("audit.jsonl")
        let before = AuditSegments.paths(of: path)
        #expect(before.count > 2)
        try bench.restart()
        #expect(AuditSegments.paths(of: path).starts(with: before))
        _ = bench.broker.stop()
        let openssl = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/openssl"), in: bench.folder.url)
        _ = try openssl.run(["pkey", "-in", "audit.pem", "-pubout", "-out", "audit.pub"])
        let inject = try CommandRunner(product: "inject", in: bench.folder)
        let verified = try inject.run(["audit", "verify", "audit.jsonl", "--key", "audit.pub"])
        #expect(verified.status == 0 && verified.output.contains("none changed, removed or moved"), "\(verified)")
        let shown = try inject.run(["audit", "show", "audit.jsonl", "--event", "token.refused"])
        #expect(shown.output.split(separator: "\n").count == 30)
    }
}

@Suite("inject audit tail --follow")
struct FollowTests {
    @Test("what a broker records is printed as it comes, also when the log goes on in a new file")
    func follow() async throws {
        let bench = try BrokerBench(extra: "limits: { failures: \"0\" }", audit: ", segment_bytes: \"4096\"")
        let inject = try CommandRunner(product: "inject", in: bench.folder)
        let tail = try Conversation(
            program: URL(fileURLWithPath: inject.path),
            ["audit", "tail", "--follow", "-n", "0", "--event", "token.refused", bench.folder.path("audit.jsonl")])
        // The command may start late, so there is something to record until it has seen enough.
        let load = Task { while !Task.isCancelled { _ = try await bench.exchange("a.b.c") } }
        defer { load.cancel() }
        for _ in 0..<40 { #expect(tail.line()?.contains("token.refused  failure") == true) }
        #expect(!AuditSegments.paths(of: bench.folder.path("audit.jsonl")).isEmpty)
    }
}
