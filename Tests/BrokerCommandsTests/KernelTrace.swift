import Foundation
import InjectTesting

/// strace on a running broker: it shows calls, makes one of them fail, or kills the broker in the middle of one.
struct KernelTrace {
    private let tracer = Process()
    private let output: TemporaryFolder

    /// Traces some calls, from when this returns on, as strace's further options say.
    init(_ calls: String, _ options: [String], of bench: BrokerBench) async throws {
        output = try TemporaryFolder()
        tracer.executableURL = URL(fileURLWithPath: "/usr/bin/strace")
        tracer.arguments =
            ["-f", "-q", "-y", "-o", output.path("calls"), "-e", "trace=\(calls)"] + options + [
                "-p", "\(bench.broker.id)",
            ]
        tracer.standardError = FileHandle.nullDevice
        try tracer.run()
        try await bench.waitForTracer()
    }

    /// Ends it, and returns the calls.
    func end() throws -> [Substring] {
        // A child may inherit blocked signals from the thread that started it; what it traced goes on without it.
        kill(tracer.processIdentifier, SIGKILL)
        BrokerProcess.waitForEnd(of: tracer.processIdentifier)
        // Where the broker was gone before it came, it may have ended before it opened the file.
        return ((try? String(contentsOfFile: output.path("calls"), encoding: .utf8)) ?? "").split(separator: "\n")
    }
}

extension BrokerBench {
    /// Whether the broker has not been killed.
    var isRunning: Bool {
        let status = try? String(contentsOfFile: "/proc/\(broker.id)/status", encoding: .utf8)
        return status.map { !$0.contains("State:\tZ") } ?? false
    }

    /// Waits until somebody traces the broker.
    fileprivate func waitForTracer() async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        // One whose first call kills may be gone by then.
        while let status = try? String(contentsOfFile: "/proc/\(broker.id)/status", encoding: .utf8),
            !status.contains(/TracerPid:\t[1-9]/)
        {
            guard ContinuousClock.now < deadline else { throw BrokerProcess.Failure(description: "no tracer") }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
