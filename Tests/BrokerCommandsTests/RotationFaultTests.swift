import Audit
import Foundation
import InjectTesting
import Testing

/// Faults of the kernel at every call by which the log goes on in a new file.
@Suite("inject-broker: faults of the log's rotation")
struct RotationFaultTests {
    private static let isLong = ProcessInfo.processInfo.environment["INJECT_LONG_TESTS"] != nil
    /// The calls that lock, name, remove and sync files; where others use them, too, those on the log's folder alone.
    static let calls = ["link", "rename", "unlink", "fsync", "flock", "fdatasync"]
    static let faults = ["error=EIO", "error=ENOSPC", "signal=KILL"].filter { isLong || $0 != "error=ENOSPC" }
    /// Exchanges until the log is long enough, whatever its last rotation has left.
    private static let mostExchanges = 8

    @Test(
        "one lets out no token and no value without its record, and the log is whole to its first file",
        arguments: calls, faults)
    func rotation(call: String, fault: String) async throws {
        let bench = try BrokerBench(extra: #"limits: { failures: "0" }"#, audit: #", segment_bytes: "4096""#)
        let log = bench.path("audit.jsonl")
        let paths = call == "fdatasync" ? [log, log + ".next", log + ".checkpoint.new"] : []
        var (when, missed, hits) = (0, 0, 0)
        while missed < 2, when < 40 {
            when += 1
            let inject = ["-e", "inject=\(call):\(fault):when=\(when)"]
            let trace = try await KernelTrace(call, inject + paths.flatMap { ["-P", $0] }, of: bench)
            let told = try Self.rotate(bench, log)
            let happened = try trace.end().contains { $0.contains("(INJECTED)") || $0.contains("killed by SIGKILL") }
            missed = happened ? 0 : missed + 1
            hits += happened ? 1 : 0
            // A new start has to make sense of what is there, also where nothing was killed.
            if happened || !bench.isRunning { try bench.restart(with: SIGKILL) }
            for told in told { try told.expectRecorded(by: bench) }
        }
        #expect(hits > 0, "the fault was at no call")
        #expect(when < 40, "there is no end to it")
        try Told(bench).expectServed()
        #expect(bench.broker.stop() == 0)
        let verdict = try bench.verdict()
        #expect(verdict.status == 0, "\(verdict)")
        #expect(!AuditSegments.paths(of: log).isEmpty)
    }

    /// Exchanges and fetches until the log has gone on in one more file, or cannot.
    private static func rotate(_ bench: BrokerBench, _ log: String) throws -> [Told] {
        let before = AuditSegments.paths(of: log).count
        var told: [Told] = []
        while told.count < mostExchanges, AuditSegments.paths(of: log).count == before, bench.isRunning {
            told.append(try Told(bench))
        }
        // What belongs to the change of files may come after the new name is there.
        if bench.isRunning { told.append(try Told(bench)) }
        return told
    }
}
