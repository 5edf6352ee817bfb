import Foundation
import HTTPTransport
import InjectTesting
import Testing

@Suite("inject-broker: the log comes first")
struct AuditFirstTests {
    @Test("where the log cannot be written, no token and no value leaves, and what was refused opens nothing later")
    func fullDisk() async throws {
        // The log may have 16 blocks of 512 bytes; the state is in memory.
        let bench = try BrokerBench(state: #"{ memory: "true" }"#, before: "ulimit -f 16")
        let token = try await bench.accessToken()
        var answers: [Int: Int] = [:]
        for _ in 0..<30 { answers[try await bench.exchange(bench.token()).status, default: 0] += 1 }
        #expect(try await bench.send(.get, "/readyz").body.exposedText == "the log cannot be written\n")
        #expect((answers[503] ?? 0) > 10 && answers.keys.allSatisfy { [200, 503].contains($0) }, "\(answers)")
        let fetched = try await bench.fetch(token)
        #expect(fetched.status == 503 && fetched.error == "temporarily_unavailable")
        #expect(!fetched.body.contains("value"))
        #expect(try bench.events().count { $0 == "token.issued success" } == 1 + (answers[200] ?? 0))
        #expect(try bench.isWhole())
        #expect(bench.broker.logged.contains(#""kind":"audit-failure""#))
        #expect(bench.broker.stop() == 1)
        try await bench.says(
            """
            error[broker-failed]: the audit log cannot be written: a record could not be written: file too large
              = help: nothing is served without it; make room, and start again

            """)
    }

    @Test("a broker that cannot open its log does not start")
    func noLog() async throws {
        let bench = try BrokerBench()
        _ = bench.broker.stop()
        try FileManager.default.removeItem(atPath: bench.folder.path("audit.jsonl"))
        try FileManager.default.createDirectory(
            atPath: bench.folder.path("audit.jsonl"), withIntermediateDirectories: false)
        let result = try CommandRunner(product: "inject-broker", in: bench.folder).run([
            "serve", "--config", "broker.yaml",
        ])
        #expect(result.status == 2)
        #expect(result.error.contains("the audit log `audit.jsonl` cannot be used: the file cannot be opened"))
    }

    @Test("after kill -9 in the middle of a load every token that a client had has its record, and is good")
    func killed() async throws {
        let bench = try BrokerBench(extra: #"limits: { failures: "0" }"#)
        let tokens = try (0..<40).map { _ in try bench.token() }
        let answers = try await withThrowingTaskGroup(of: String?.self) { group in
            for (index, token) in tokens.enumerated() {
                group.addTask {
                    if index == 20 { bench.broker.signal(SIGKILL) }
                    return (try? await bench.exchange(token))?["access_token"] as? String
                }
            }
            return try await group.reduce(into: [String]()) { if let token = $1 { $0.append(token) } }
        }
        try bench.restart(with: SIGKILL)
        let log = try bench.audit().joined()
        for token in answers {
            #expect(try log.contains(Digests.sha256(token)))
            #expect(try await bench.fetch(token).status == 200)
        }
        #expect(try bench.isWhole())
        let issued = try bench.events().count { $0 == "token.issued success" }
        #expect(issued >= answers.count)
    }

    @Test("TERM ends it in an orderly way: what has begun is answered, and the log is signed")
    func stop() async throws {
        let bench = try BrokerBench()
        _ = try await bench.accessToken()
        #expect(bench.broker.stop() == 0)
        let last = try bench.audit().suffix(2)
        #expect(last.first?.contains(#""event":"audit.stopped""#) == true)
        #expect(last.last?.contains(#""event":"audit.checkpoint""#) == true)
        #expect(try bench.isWhole())
    }

    @Test("the files of log and state are the account's alone, whatever its mask is")
    func modes() async throws {
        let bench = try BrokerBench(before: "umask 022")
        _ = try await bench.accessToken()
        for name in ["state.db", "state.db-wal", "state.db-shm", "audit.jsonl", "audit.jsonl.checkpoint"] {
            let mode = try FileManager.default.attributesOfItem(atPath: bench.folder.path(name))[.posixPermissions]
            #expect(mode as? Int == 0o600, "\(name)")
        }
    }

    @Test("a crash writes no core file and no report, which would show memory")
    func crash() throws {
        let broker = try BrokerBench().broker
        let limits = try String(contentsOfFile: "/proc/\(broker.id)/limits", encoding: .utf8)
        #expect(try #/Max core file size +0 +0 /#.firstMatch(in: limits) != nil, "\(limits)")
        let caught =
            try String(contentsOfFile: "/proc/\(broker.id)/status", encoding: .utf8)
            .firstMatch(of: /SigCgt:\t([0-9a-f]+)/).flatMap { UInt64($0.1, radix: 16) } ?? .max
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
            #expect(caught >> UInt64(number - 1) & 1 == 0, "signal \(number) has a handler")
        }
        #expect(broker.stop(SIGILL) == 128 + SIGILL)
    }

    @Test("no token and no value is in any log at the most talkative level, nor in the files of log and state")
    func silence() async throws {
        let bench = try BrokerBench(extra: "log_level: trace")
        let subject = try bench.token()
        let token = try #require(try await bench.exchange(subject)["access_token"] as? String)
        #expect(try await bench.fetch(token).status == 200)
        _ = try await bench.exchange(subject)
        _ = try await bench.send(.get, "/v1/token?subject_token=\(subject)")
        _ = try await bench.send(.post, "/v1/revoke", type: "application/json", bearer: token, body: token)
        _ = try await bench.form("/v1/introspect", [("token", token)])
        _ = bench.broker.stop()
        var texts = [("log", bench.broker.logged)]
        for name in try bench.folder.contents() where !name.hasPrefix("policies") {
            let data = (try? Data(contentsOf: URL(fileURLWithPath: bench.folder.path(name)))) ?? Data()
            texts.append((name, String(decoding: data, as: UTF8.self)))
        }
        let value = BrokerBench.value
        let needles = [token, String(token.dropFirst(4)), value, Data(value.utf8).base64EncodedString()]
        for (name, text) in texts {
            #expect(!text.isEmpty || name != "log")
            for needle in needles + subject.split(separator: ".").map(String.init) {
                #expect(!text.contains(needle), "\(name)")
            }
        }
    }
}
