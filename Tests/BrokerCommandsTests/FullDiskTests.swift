import Foundation
import HTTPTransport
import InjectTesting
import Testing

@Suite("inject-broker: a full disk")
struct FullDiskTests {
    /// In make test fewer: each is answered by a build for debugging.
    private static let count = ProcessInfo.processInfo.environment["INJECT_LONG_TESTS"] != nil ? 10_000 : 1_000

    @Test(
        "serves no secret and mints no token, however often it is asked, and serves again once there is space",
        .enabled(if: BrokerBench.canMount, "it takes root or user namespaces; a limit on files is tested without"))
    func full() async throws {
        let bench = try BrokerBench(extra: #"limits: { failures: "0", connections_per_address: "4096" }"#, disk: "2m")
        let good = try await bench.accessToken()
        try bench.fillDisk()
        // The log's last block has room for some records yet, and what they are about may leave.
        for _ in 0..<20 where try await bench.fetch(good).status == 200 {}
        let before = try bench.events().filter { $0.hasSuffix(" success") }

        let requests = try (0..<(Self.count / 10)).map { _ in Flood.exchange(try bench.token()) }
        let fetch = Flood.post("/v1/secrets", type: "application/json", bearer: good, "{}")
        let fetched = try Flood.send([fetch], times: Self.count / 2, to: [bench.broker.port], connections: 32)
        let exchanged = try Flood.send(requests, times: 5, to: [bench.broker.port], connections: 32)
        for outcome in [fetched, exchanged] {
            #expect(outcome.statuses == ["503": Self.count / 2])
            #expect(outcome.bodies["503"]?.allSatisfy { $0.contains("temporarily_unavailable") } == true)
        }
        #expect(try await bench.send(.get, "/readyz").status == 503)
        #expect(try bench.events().filter { $0.hasSuffix(" success") } == before)

        try FileManager.default.removeItem(atPath: bench.path("ballast"))
        #expect(try await bench.send(.get, "/readyz").status == 200)
        #expect(try bench.audit().count { $0.contains(#""reason":"writable-again""#) } == 1)
        #expect(try await bench.fetch(good).status == 200)
        #expect(try await bench.fetch(bench.accessToken()).status == 200)
        #expect(try await bench.send(.get, "/readyz").status == 200)
        #expect(try bench.isWhole())
    }
}

extension BrokerBench {
    /// Whether a file system of a broker's own can be made here.
    fileprivate static var canMount: Bool {
        let script = """
            [ "$(id -u)" != 0 ] || exec unshare --mount true
            exec unshare --map-root-user --mount mount -t tmpfs tmpfs /tmp
            """
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"), in: PackageFolder.root, environment: ["PATH": "/usr/bin:/bin"])
        return (try? shell.run(["-c", script]).status) == 0
    }

    /// Writes until nothing more fits.
    fileprivate func fillDisk() throws {
        let path = path("ballast")
        try Data().write(to: URL(fileURLWithPath: path))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        for size in [65_536, 4096, 512, 1] {
            while (try? file.write(contentsOf: Data(repeating: 0, count: size))) != nil {}
        }
    }
}
