import Audit
import Foundation
import InjectTesting
import OpenSSLCrypto
import Synchronization

/// A folder with a log in it, and the key pair of its checkpoints.
struct LogBench {
    let folder: TemporaryFolder
    let key: PrivateKey

    init() throws {
        folder = try TemporaryFolder()
        key = try PrivateKey.generateEd25519()
    }

    var path: String { folder.path("audit.jsonl") }

    func open(recordsPerCheckpoint: Int64 = 1000, isSigned: Bool = true) throws -> AuditLog {
        let clock = FakeClock(1_795_489_200_000)
        let broker = AuditBroker(id: "one", version: "0")
        return try AuditLog(
            AuditLog.Settings(
                path: path, broker: broker, account: "uid 0", signer: isSigned ? AuditSigner(key) : nil,
                recordsPerCheckpoint: recordsPerCheckpoint
            ) {
                clock.advance(1)
                return clock.now
            }
        )
    }

    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    func lines() throws -> [String] {
        String(decoding: try bytes(), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// What is wrong with a text, with the checkpoint beside the log where `besides` is true.
    func findings(_ text: [UInt8], besides: Bool = true) -> [AuditFinding] {
        let sidecar = try? Data(contentsOf: URL(fileURLWithPath: AuditSidecar.path(of: path)))
        var verifier = AuditVerifier(key: key.publicKey, beside: besides ? sidecar.map { Array($0) } : nil)
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        for line in lines.dropLast() { verifier.take(line) }
        verifier.finish(torn: lines.last?.isEmpty == false)
        return verifier.findings
    }

    static func event(_ name: String, _ outcome: AuditOutcome = .success) -> AuditEvent {
        var event = AuditEvent(.secretRead, outcome, reason: outcome == .success ? nil : "not-granted")
        event.actor = AuditActor {
            ["iss": "https://issuer", "sub": "repo:o/r", "repository_id": "7", "run_id": "9"][$0]
        }
        event.tokenDigest = String(repeating: "ab", count: 32)
        event.tokenID = "j"
        event.source = AuditEvent.Source(address: "192.0.2.1", userAgent: "inject/0")
        event.object = AuditEvent.Object(environment: "prod", name: name, version: "v1")
        event.policy = AuditEvent.Policy(digest: String(repeating: "cd", count: 32), grant: "deploy")
        event.breakGlass = AuditEvent.BreakGlass(reason: "a \"quoted\" reason\n\u{E9}", expires: 1_795_489_200)
        return event
    }
}
