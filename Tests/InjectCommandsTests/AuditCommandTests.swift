import Audit
import Foundation
import InjectTesting
import OpenSSLCrypto
import Testing

@Suite("inject audit")
struct AuditCommandTests {
    /// A workplace with a log of one read, its key pair, and that read's line.
    private static func workplace() async throws -> (Workplace, line: String) {
        let workplace = try Workplace(policy: nil, dotenv: nil)
        let openssl = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/openssl"), in: workplace.folder.url)
        _ = try openssl.run(["genpkey", "-algorithm", "ed25519", "-out", "key.pem"])
        _ = try openssl.run(["pkey", "-in", "key.pem", "-pubout", "-out", "key.pub"])
        let log = try AuditLog(
            AuditLog.Settings(
                path: workplace.folder.path("audit.jsonl"), broker: AuditBroker(id: "one", version: "0"),
                account: "uid 0", signer: AuditKeyFile.signer(workplace.folder.path("key.pem")),
                milliseconds: { 1_795_489_200_000 })
        )
        var event = AuditEvent(.secretRead, .failure, reason: "not-granted")
        event.actor = AuditActor { ["sub": "repo:o/r\u{1B}[2J", "repository_id": "7", "run_id": "9"][$0] }
        event.source = AuditEvent.Source(address: "192.0.2.1")
        event.object = AuditEvent.Object(environment: "prod", name: "A")
        let record = try #require(try await log.append([event]).first)
        try await log.close()
        return (workplace, record.line)
    }

    @Test("a whole log is whole, and signed up to its last checkpoint")
    func whole() async throws {
        let (workplace, _) = try await Self.workplace()
        #expect(
            try workplace.run("audit", "verify", "audit.jsonl", "--key", "key.pub")
                == CommandResult(
                    status: 0,
                    output: """
                        5 records, none changed, removed or moved
                        signed up to record 4; 1 after it are vouched for by the chain alone

                        """
                )
        )
        #expect(
            try workplace.run("audit", "verify", "audit.jsonl").output.hasSuffix(
                "not checked: whose log it is; give the key of its checkpoints with --key\n"))
    }

    @Test("a change is named with its line")
    func changed() async throws {
        let (workplace, _) = try await Self.workplace()
        let text = try String(contentsOfFile: workplace.folder.path("audit.jsonl"), encoding: .utf8)
        try workplace.folder.write("audit.jsonl", text.replacing("\"prod\"", with: "\"test\""))
        #expect(
            try workplace.run("audit", "verify", "audit.jsonl")
                == CommandResult(
                    status: 1,
                    output: "",
                    error: """
                        error[audit-changed]: the audit log is not as it was written: the record was changed
                          --> audit.jsonl:3
                        error[audit-changed]: the audit log is not as it was written: a record is missing before this one, \
                        or it stands elsewhere
                          --> audit.jsonl:4

                        """
                )
        )
    }

    @Test("a cut-off end is found by the checkpoint beside the log")
    func cutOff() async throws {
        let (workplace, _) = try await Self.workplace()
        let text = try String(contentsOfFile: workplace.folder.path("audit.jsonl"), encoding: .utf8)
        let lines = text.split(separator: "\n").prefix(2).map { $0 + "\n" }
        try workplace.folder.write("audit.jsonl", lines.joined())
        #expect(
            try workplace.run("audit", "verify", "audit.jsonl")
                == CommandResult(
                    status: 1,
                    output: "",
                    error: """
                        error[audit-changed]: the audit log is not as it was written: the log ends before a checkpoint that it had
                          --> audit.jsonl

                        """
                )
        )
    }

    @Test("a checkpoint beside the log that cannot be read is said, and none has to be there")
    func unreadableSidecar() async throws {
        let (workplace, _) = try await Self.workplace()
        let path = workplace.folder.path("audit.jsonl.checkpoint")
        try FileManager.default.removeItem(atPath: path)
        #expect(try workplace.run("audit", "verify", "audit.jsonl").status == 0)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(
            try workplace.run("audit", "verify", "audit.jsonl")
                == CommandResult(
                    status: 2,
                    output: "",
                    error: """
                        error[audit-unreadable]: the checkpoint cannot be read: is a directory
                          --> audit.jsonl.checkpoint

                        """
                )
        )
    }

    @Test("a log or key that cannot be read is said, and is no broken log")
    func unreadable() async throws {
        let (workplace, _) = try await Self.workplace()
        #expect(
            try workplace.run("audit", "verify", "nowhere")
                == CommandResult(
                    status: 2,
                    output: "",
                    error: """
                        error[audit-unreadable]: the audit log cannot be read: no such file or directory
                          --> nowhere

                        """
                )
        )
        let result = try workplace.run("audit", "verify", "audit.jsonl", "--key", "key.pem")
        #expect(result.status == 2 && result.error.hasPrefix("inject: error[audit-key-unusable]: `key.pem` cannot"))
    }

    @Test("the older parts of a log are checked and shown with it, and one that is changed is named")
    func segments() async throws {
        let (workplace, _) = try await Self.workplace()
        let path = workplace.folder.path("audit.jsonl")
        try FileManager.default.moveItem(atPath: path, toPath: path + ".0000000000000005")
        var settings = AuditLog.Settings(
            path: path, broker: AuditBroker(id: "one", version: "0"), account: "uid 0",
            signer: try AuditKeyFile.signer(workplace.folder.path("key.pem")), milliseconds: { 1_795_489_200_000 })
        settings.bytesPerSegment = 1 << 20
        let log = try AuditLog(settings)
        try await log.close()
        #expect(
            try workplace.run("audit", "verify", "audit.jsonl", "--key", "key.pub").output.hasPrefix(
                "10 records, none changed, removed or moved\nsigned up to record 9; 1 after it"))
        let shown = try workplace.run("audit", "show", "audit.jsonl").output.split(separator: "\n")
        #expect(shown.count == 10 && shown[2].contains("secret.read"))
        let old = try String(contentsOfFile: path + ".0000000000000005", encoding: .utf8)
        try workplace.folder.write("audit.jsonl.0000000000000005", old.replacing("\"prod\"", with: "\"test\""))
        let changed = try workplace.run("audit", "verify", "audit.jsonl", "--key", "key.pub")
        #expect(changed.status == 1 && changed.error.contains(" --> audit.jsonl.0000000000000005:3\n"))
    }

    @Test("the end of a log is printed, as much of it as is asked for and wanted")
    func tail() async throws {
        let (workplace, line) = try await Self.workplace()
        let two = try workplace.run("audit", "tail", "-n", "2", "audit.jsonl").output.split(separator: "\n")
        #expect(two.count == 2 && two[0].contains("audit.stopped") && two[1].contains("audit.checkpoint"))
        #expect(
            try workplace.inject.run(["audit", "tail", "audit.jsonl", "--event", "secret.read", "--format", "json"])
                == CommandResult(status: 0, output: line + "\n"))
        #expect(try workplace.run("audit", "tail", "nowhere").status == 2)
        #expect(try workplace.run("audit", "tail", "-n", "-1", "audit.jsonl").status != 0)
    }

    @Test(
        "a record about several secrets is about each of them, and about no other",
        arguments: [
            ("prod/A", true), ("prod/B", true), ("prod/A prod/B", true), ("prod/C", false), ("prod", false),
        ])
    func several(secret: String, isShown: Bool) async throws {
        let workplace = try Workplace(policy: nil, dotenv: nil)
        let log = try AuditLog(
            AuditLog.Settings(
                path: workplace.folder.path("audit.jsonl"), broker: AuditBroker(id: "one", version: "0"),
                account: "uid 0", signer: nil, milliseconds: { 1_795_489_200_000 })
        )
        var event = AuditEvent(.tokenIssued, .success)
        event.object = AuditEvent.Object(name: "prod/A prod/B")
        try await log.append([event])
        try await log.close()
        let shown = try workplace.inject.run(["audit", "show", "audit.jsonl", "--secret", secret])
        #expect(
            shown.output == (isShown ? "2026-11-24T03:00:00.000Z  token.issued  success  prod/A prod/B\n" : ""))
    }

    @Test("records are shown for people, and nothing in them can steer a terminal")
    func show() async throws {
        let (workplace, line) = try await Self.workplace()
        #expect(
            try workplace.inject.run(["audit", "show", "audit.jsonl", "--secret", "prod/A"])
                == CommandResult(
                    status: 0,
                    output: """
                        2026-11-24T03:00:00.000Z  secret.read  failure  prod/A  reason=not-granted  by=repo:o/r\u{FFFD}[2J  \
                        run=9  from=192.0.2.1

                        """
                )
        )
        let json = try workplace.inject.run([
            "audit", "show", "--format", "json", "--repository-id", "7", "audit.jsonl",
        ])
        #expect(json == CommandResult(status: 0, output: line + "\n"))
        #expect(try workplace.run("audit", "show", "audit.jsonl", "--event", "no.such").output.isEmpty)
    }
}
