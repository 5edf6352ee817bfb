import Foundation
import InjectTesting
import Testing

/// Faults of the kernel at every call by which an exchange reaches a disk or a socket (after Tessera's tests).
@Suite("inject-broker: faults of the kernel")
struct FaultTests {
    /// The calls on the files of log and state, as strace shows them.
    static let diskCalls = ["write", "pwrite64", "pread64", "fdatasync", "fcntl"]
    /// The calls on sockets, which are those on all else, too.
    static let socketCalls = ["accept4", "read", "writev", "epoll_wait", "close"]
    static let faults = ["error=EIO", "error=ENOSPC", "signal=KILL"]
    private static let isLong = ProcessInfo.processInfo.environment["INJECT_LONG_TESTS"] != nil

    @Test("an exchange syncs the state, then the log, and only then answers")
    func order() async throws {
        let bench = try BrokerBench()
        let trace = try await KernelTrace("fdatasync,writev", [], of: bench)
        try Told(bench).expectServed()
        let steps = try trace.end().compactMap { call -> String? in
            ["state.db-wal", "audit.jsonl", "socket"].first { call.contains($0) }
        }
        #expect(Array(steps.prefix(3)) == ["state.db-wal", "audit.jsonl", "socket"], "\(steps)")
    }

    @Test("one on the disk lets out no token and no value without its record", arguments: diskCalls, faults)
    func disk(call: String, fault: String) async throws {
        let bench = try BrokerBench(extra: #"limits: { failures: "0" }"#)
        let files = ["audit.jsonl", "state.db", "state.db-wal", "state.db-shm"].map(bench.path)
        try await Self.sweep(bench, call, fault, paths: files)
    }

    @Test("nor does one at a socket", arguments: socketCalls, faults.filter { isLong || $0 != "error=ENOSPC" })
    func socket(call: String, fault: String) async throws {
        try await Self.sweep(BrokerBench(extra: #"limits: { failures: "0" }"#), call, fault, paths: [])
    }

    /// Has the first call fail, then the second, and so on, each in an exchange and a fetch, until there is no such call.
    private static func sweep(_ bench: BrokerBench, _ call: String, _ fault: String, paths: [String]) async throws {
        var (when, missed) = (0, 0)
        while missed < 2, when < 100 {
            when += 1
            let inject = ["-e", "inject=\(call):\(fault):when=\(when)"]
            let trace = try await KernelTrace(call, inject + paths.flatMap { ["-P", $0] }, of: bench)
            let told = try Told(bench)
            let happened = try trace.end().contains { $0.contains("(INJECTED)") || $0.contains("killed by SIGKILL") }
            // Threads count for themselves, so one more may be the one that has had fewer calls.
            missed = happened ? 0 : missed + 1
            if missed == 0 { try bench.restart(with: SIGKILL) }
            try told.expectRecorded(by: bench)
            // The call may have come, and killed, when the trace was read already.
            if !bench.isRunning { try bench.restart(with: SIGKILL) }
        }
        #expect(when < 100, "there is no end to it")
        #expect(try await bench.fetch(bench.accessToken()).status == 200)
    }

    @Test("a write of the log that ends anywhere in a record lets out nothing, and the next one is whole")
    func shortRecord() throws {
        let bench = try BrokerBench(state: #"{ memory: "true" }"#)
        for length in stride(from: 0, to: 2000, by: 61) { try Self.shorten(bench, "audit.jsonl", by: length) }
        #expect(try bench.events().count { $0 == "token.issued success" } > 10)
    }

    @Test("so does a write of the state, anywhere in a page")
    func shortPage() throws {
        let bench = try BrokerBench()
        for length in [0, 1, 23, 24, 25, 2000, 4119, 4120, 4121, 4144, 8239, 8240, 8241, 20_000, 100_000] {
            try Self.shorten(bench, "state.db-wal", by: length)
        }
        #expect(try bench.events().count { $0 == "token.issued success" } > 10)
    }

    /// Lets files grow to so many bytes more than one has, as the kernel ends a write at a limit, and then without limit.
    private static func shorten(_ bench: BrokerBench, _ name: String, by length: Int) throws {
        let size = try FileManager.default.attributesOfItem(atPath: bench.path(name))[.size] as? Int ?? 0
        try bench.limitFiles("\(size + length)")
        let told = try Told(bench)
        try bench.limitFiles("unlimited")
        try told.expectRecorded(by: bench)
        try Told(bench).expectServed()
    }
}

/// What a client was told that exchanged and fetched once, over connections of its own.
struct Told {
    private let token: String?
    private let values: Int
    private let text: String

    init(_ bench: BrokerBench) throws {
        let exchanged = Self.answer(bench, Flood.exchange(try bench.token()))
        token = exchanged.firstMatch(of: /"access_token":"(inj_\w+)"/).map { String($0.1) }
        let fetched = token.map { token in
            Self.answer(bench, Flood.post("/v1/secrets", type: "application/json", bearer: token, "{}"))
        }
        values = fetched?.matches(of: /"value_base64"/).count ?? 0
        text = exchanged + (fetched ?? "")
    }

    private static func answer(_ bench: BrokerBench, _ request: String) -> String {
        let connection = RawConnection(port: bench.broker.port)
        connection.send(request.replacing("Host: x\r\n", with: "Host: x\r\nConnection: close\r\n"))
        return connection.rest(within: 2) ?? "(nothing)"
    }

    func expectRecorded(by bench: BrokerBench) throws {
        let own = try token.map { token in try bench.audit().filter { try $0.contains(Digests.sha256(token)) } } ?? []
        #expect(token == nil || own.contains { $0.contains(#""event":"token.issued""#) }, "a token without a record")
        #expect(values <= own.count { $0.contains(#""event":"secret.read""#) }, "a value without a record")
        #expect(try bench.isWhole())
    }

    func expectServed() { #expect(values == 2, "\(text)") }
}

extension BrokerBench {
    /// Limits the size to which its files can grow from now on.
    fileprivate func limitFiles(_ bytes: String) throws {
        let prlimit = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/prlimit"), in: folder.url)
        let result = try prlimit.run(["--pid", "\(broker.id)", "--fsize=\(bytes):"])
        guard result.status == 0 else { throw BrokerProcess.Failure(description: result.error) }
    }
}
