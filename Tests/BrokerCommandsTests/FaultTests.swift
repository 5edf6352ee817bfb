import Foundation
import InjectTesting
import Testing

/// Faults of the kernel at each of the calls by which something reaches the disk (after Tessera's tests).
@Suite("inject-broker: faults of the disk")
struct FaultTests {
    /// The calls of log and state, and what they fail with.
    static let calls = ["fdatasync:error=EIO", "write:error=ENOSPC", "pwrite64:error=EIO", "pwrite64:error=ENOSPC"]

    @Test(
        "a call that fails costs an answer, and never lets out a token or value without its record",
        arguments: calls, [1, 2, 3, 5])
    func fails(call: String, when: Int) async throws {
        try await Self.run("\(call):when=\(when)", ends: false)
    }

    @Test(
        "a kill at a call loses no record of what had left",
        arguments: ["fdatasync", "write", "pwrite64"], [1, 2, 4, 6, 9])
    func killed(call: String, when: Int) async throws {
        try await Self.run("\(call):signal=KILL:when=\(when)", ends: true)
    }

    /// Exchanges and fetches while calls on the files of log and state fail, then starts again without faults.
    private static func run(_ fault: String, ends: Bool) async throws {
        let bench = try BrokerBench(extra: #"limits: { failures: "0" }"#)
        let files = ["audit.jsonl", "state.db", "state.db-wal"].flatMap { ["-P", bench.folder.path($0)] }
        let tracer = Process()
        tracer.executableURL = URL(fileURLWithPath: "/usr/bin/strace")
        tracer.arguments =
            ["-f", "-qq", "-o", "/dev/null", "-e", "inject=\(fault)"] + files + ["-p", "\(bench.broker.id)"]
        let said = Pipe()
        tracer.standardError = said
        try tracer.run()
        try await bench.waitForTracer()
        var tokens: [String] = []
        var served = 0
        // The calls are counted for each thread, so it takes some more until one of them has had enough.
        for _ in 0..<(ends ? 60 : 6) {
            let token = (try? await bench.exchange(bench.token()))?["access_token"] as? String
            if token == nil, ends { break }
            guard let token else { continue }
            tokens.append(token)
            if (try? await bench.fetch(token))?.status == 200 { served += 1 }
        }
        // A child may inherit blocked signals from the thread that started it; what it traced goes on without it.
        kill(tracer.processIdentifier, SIGKILL)
        tracer.waitUntilExit()
        #expect(!ends || served < 60, "the fault did not happen")
        try bench.restart(with: SIGKILL)
        let (log, events) = (try bench.audit().joined(), try bench.events())
        for token in tokens { #expect(try log.contains(Digests.sha256(token)), "a token without a record") }
        #expect(events.count { $0 == "secret.read success" } >= 2 * served, "a value without a record")
        #expect(try bench.isWhole())
        #expect(try await bench.exchange(bench.token()).status == 200)
    }
}

extension BrokerBench {
    /// Waits until somebody traces the broker.
    func waitForTracer() async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try !String(contentsOfFile: "/proc/\(broker.id)/status", encoding: .utf8).contains(/TracerPid:\t[1-9]/) {
            guard ContinuousClock.now < deadline else { throw BrokerProcess.Failure(description: "no tracer") }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
