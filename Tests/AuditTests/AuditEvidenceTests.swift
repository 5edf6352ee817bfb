import Audit
import Foundation
import InjectTesting
import OpenSSLCrypto
import Testing

/// What others make of a log: Python, `openssl`, a JSON Schema, and PCI DSS.
@Suite("Audit evidence")
struct AuditEvidenceTests {
    /// A log with an event of every kind, as the broker describes them.
    private static func everything() async throws -> LogBench {
        let bench = try LogBench()
        let log = try bench.open(recordsPerCheckpoint: 4)
        for kind in AuditEventKind.allCases {
            var event = LogBench.event("A")
            event = AuditEvent(kind, .success, reason: event.reason)
            switch kind {
            case .policiesLoaded, .certificateLoaded, .logRead, .logStarted, .logStopped, .logRepaired, .checkpoint,
                .logRotated, .logRemoved, .stateCreated:
                try await log.appendAsSystem(event)
            default:
                event.actor = LogBench.event("A").actor
                event.source = LogBench.event("A").source
                event.object = LogBench.event("A").object
                try await log.append([event])
            }
        }
        try await log.close()
        return bench
    }

    @Test("another program finds every hash and link right, with ten lines of Python")
    func python() async throws {
        let bench = try await Self.everything()
        let script = """
            import hashlib, json, sys
            last, count = "0" * 64, 0
            for line in open(sys.argv[1], "rb").read().splitlines():
                record = json.loads(line)
                count += 1
                assert record["seq"] == count and record["prev_hash"] == last, line
                assert hashlib.sha256(line[:line.rindex(b',"hash":')]).hexdigest() == record["hash"], line
                last = record["hash"]
            print(count)
            """
        let output = try Python.run(script, arguments: [bench.path])
        #expect(try Int(String(decoding: output, as: UTF8.self).dropLast()) == bench.lines().count)
    }

    @Test("openssl finds a checkpoint's signature good, and that over another record's hash bad")
    func openssl() async throws {
        let bench = try await Self.everything()
        guard case .ed25519(let bytes) = bench.key.publicKey.components else { return }
        let der = [0x30, 0x2A, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 3, 0x21, 0] + bytes
        let pem = "-----BEGIN PUBLIC KEY-----\n\(Data(der).base64EncodedString())\n-----END PUBLIC KEY-----\n"
        let keyFile = try bench.folder.write("audit.pub", pem)
        #expect(try AuditKeyFile.publicKey(keyFile).components == bench.key.publicKey.components)
        let line = try #require(bench.lines().last)
        let sequence = try #require(line.firstMatch(of: /"seq":(\d+)/).flatMap { Int($0.1) })
        let hash = try #require(line.firstMatch(of: /"prev_hash":"([0-9a-f]+)"/)?.1)
        let signature = try #require(line.firstMatch(of: /"ed25519":"([0-9a-f]+)"/)?.1)
        try bench.folder.write("signature", Hexadecimal.bytes(String(signature)))
        let runner = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/openssl"), in: bench.folder.url)
        for (number, status) in [(sequence - 1, Int32(0)), (sequence, 1)] {
            try bench.folder.write("message", "inject-audit-checkpoint-v1\n\(number)\n\(hash)\n")
            let result = try runner.run([
                "pkeyutl", "-verify", "-pubin", "-inkey", keyFile, "-rawin", "-in", "message", "-sigfile", "signature",
            ])
            #expect(result.status == status, "\(result)")
        }
    }

    @Test("a signing key that openssl made signs a log that its public half checks")
    func keyFiles() async throws {
        let bench = try LogBench()
        let runner = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/openssl"), in: bench.folder.url)
        _ = try runner.run(["genpkey", "-algorithm", "ed25519", "-out", "key.pem"])
        _ = try runner.run(["pkey", "-in", "key.pem", "-pubout", "-out", "key.pub"])
        let signer = try AuditKeyFile.signer(bench.folder.path("key.pem"))
        let log = try AuditLog(
            AuditLog.Settings(
                path: bench.path, broker: AuditBroker(id: "", version: ""), account: "", signer: signer,
                milliseconds: { 0 })
        )
        try await log.close()
        var verifier = AuditVerifier(key: try AuditKeyFile.publicKey(bench.folder.path("key.pub")))
        for line in try bench.lines() { verifier.take(Array(line.utf8)) }
        verifier.finish(torn: false)
        #expect(verifier.findings.isEmpty && verifier.signed == 3)
        #expect(throws: (any Error).self) { try AuditKeyFile.signer(bench.folder.path("key.pub")) }
        #expect(throws: (any Error).self) { try AuditKeyFile.publicKey(bench.folder.path("key.pem")) }
    }

    @Test("every record is as the schema says, and the schema knows every kind of event")
    func schema() async throws {
        let bench = try await Self.everything()
        let script = """
            import json, sys
            from jsonschema import Draft202012Validator
            schema = json.load(open(sys.argv[1]))
            Draft202012Validator.check_schema(schema)
            seen = set()
            for line in open(sys.argv[2]):
                record = json.loads(line)
                Draft202012Validator(schema).validate(record)
                seen.add(record["event"])
            assert seen == set(schema["properties"]["event"]["enum"]), seen
            """
        let schema = PackageFolder.root.appendingPathComponent("Sources/Audit/audit-record.schema.json").path
        _ = try Python.run(script, arguments: [schema, bench.path])
    }

    /// PCI DSS v4.0, 10.2.1.1 to 10.2.1.7, with the event that is evidence for each.
    static let classes: [(requirement: String, events: [AuditEventKind])] = [
        ("10.2.1.1 individual access to data", [.secretRead]),
        ("10.2.1.2 administrative actions", [.policiesLoaded, .certificateLoaded, .accessExplained, .tokenInspected]),
        ("10.2.1.3 access to audit logs", [.logRead]),
        ("10.2.1.4 invalid access attempts", [.tokenRefused]),
        ("10.2.1.5 changes to credentials", [.tokenIssued, .tokenRevoked, .tokenInterrupted]),
        ("10.2.1.6 start, stop and pause of the log", [.logStarted, .logStopped, .logRepaired]),
        ("10.2.1.7 creation and deletion of system objects", [.stateCreated, .logRotated, .logRemoved]),
    ]

    @Test("the six fields of PCI DSS 10.2.2 are in the record of every event of 10.2.1", arguments: classes.indices)
    func pci(index: Int) async throws {
        let bench = try await Self.everything()
        let records = try bench.lines().map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        for kind in Self.classes[index].events {
            let own = records.filter { $0["event"] as? String == kind.rawValue }
            #expect(!own.isEmpty)
            for record in own {
                let actor = record["actor"] as? [String: Any]
                #expect(actor?["sub"] is String, "user identification")
                #expect(record["event"] is String, "type of event")
                #expect(record["time"] is String, "date and time")
                #expect(record["outcome"] is String, "success or failure")
                #expect((record["source"] as? [String: Any])?["ip"] is String, "origination")
                #expect((record["object"] as? [String: Any])?["secret"] is String, "what was affected")
            }
        }
    }

    @Test("the classes name every kind of event but the checkpoint, which is no event of its own")
    func allKinds() {
        let named = Set(Self.classes.flatMap(\.events))
        #expect(named == Set(AuditEventKind.allCases).subtracting([.checkpoint]))
    }
}
