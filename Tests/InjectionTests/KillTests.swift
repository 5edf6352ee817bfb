import Foundation
import InjectTesting
import Testing

/// inject ended by SIGKILL, which it cannot hold back, at any moment of its life.
@Suite("killed")
struct KillTests {
    /// Where the runs put their folders; on a disk, so that a test can look at it alone.
    private let place: TemporaryFolder
    private let lifeline: Lifeline

    init() throws {
        place = try TemporaryFolder()
        lifeline = try Lifeline()
    }

    private func request(_ shell: String) -> ProbeRequest {
        var request = ProbeRequest(shell: "\(Lifeline.hold); (exec sleep 1000) & \(shell)")
        request.shared = "/nonexistent"
        request.disk = place.url.path
        request.add("TLS_KEY", "-----KEY-----\n".utf8, file: "tls/server.key")
        request.add("OTHER_KEY", "-----OTHER-----\n".utf8, file: "other.key")
        return request
    }

    private func probe(_ request: ProbeRequest, on wiring: Wiring, prefix: [String]) throws -> Probe {
        let environment = Probe.environment + [Array(lifeline.variable.utf8)]
        return try Probe(request, on: wiring, prefix: prefix, environment: environment)
    }

    @Test("while the command runs, its group and its files go with inject", arguments: Wiring.allCases)
    func running(wiring: Wiring) throws {
        let probe = try probe(request("mkdir $INJECT_DIR/mine; echo ready; read line"), on: wiring, prefix: [])
        #expect(probe.wait(for: "ready"))
        #expect(try !place.contents().isEmpty)
        kill(probe.pid, SIGKILL)
        // The output ends when everything is undone.
        #expect(probe.finish(keepingInput: true).status == 128 + SIGKILL)
        #expect(try place.contents().isEmpty)
        #expect(lifeline.end() == "")
    }

    @Test(
        "at any of 200 moments nothing is left: no file, no folder, no process",
        .enabled(if: access("/usr/bin/strace", X_OK) == 0, "strace chooses the moment"),
        arguments: Wiring.allCases
    )
    func moments(wiring: Wiring) throws {
        let command = request("echo $TLS_KEY_FILE; echo error >&2; kill %1 $!")
        let calls = try calls(of: command, on: wiring)
        // Before this nothing has been done that could be left; the rest is start-up, running and clean-up.
        let first = try #require(calls.firstIndex { $0 == "signalfd4" })
        #expect(calls.count - first > 50)
        var random = SeededRandom(seed: Seed.current)
        var killed = 0
        for _ in 0..<100 {
            let moment = Int.random(in: first..<calls.count, using: &random)
            let call = calls[moment]
            // strace counts the calls of each name.
            let count = calls[...moment].count { $0 == call }
            let kill = ["/usr/bin/strace", "-o", "/dev/null", "-e", "inject=\(call):signal=KILL:when=\(count)"]
            let result = try probe(command, on: wiring, prefix: kill).finish(keepingInput: true)
            let left = try place.contents()
            #expect(left.isEmpty, "\(left) at \(call) \(count), seed \(Seed.current)")
            #expect(lifeline.end() == "", "\(call) \(count), seed \(Seed.current)")
            killed += result.report == nil ? 1 : 0
        }
        #expect(killed > 80)
    }

    @Test("the terminal gets its mode back")
    func mode() throws {
        let inject = "$(cut -d\" \" -f4 /proc/$PPID/stat)"
        let terminal = try Terminal(
            running: "MODE=$(stty -g); inject; until [ \"$(stty -g)\" = \"$MODE\" ]; do :; done; echo restored",
            "echo ready; read line; kill -9 \(inject)")
        try terminal.wait(for: "ready")
        #expect(terminal.device.isRaw)
        try terminal.type("\n", awaiting: "restored")
    }

    /// The names of the system calls of inject's main thread in a run that nobody disturbs.
    private func calls(of request: ProbeRequest, on wiring: Wiring) throws -> [String] {
        let folder = try TemporaryFolder()
        let log = folder.path("log")
        let result = try probe(request, on: wiring, prefix: ["/usr/bin/strace", "-o", log]).finish(keepingInput: true)
        try #require(result.report?.failure == nil)
        return try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
            .filter { $0.contains("(") && !$0.hasPrefix("-") && !$0.hasPrefix("+") && !$0.hasPrefix("<") }
            .map { String($0.prefix { $0 != "(" }) }
    }
}
