import Foundation
import InjectTesting
import Testing

@Suite("streams")
struct StreamTests {
    @Test("64 MiB come through both streams at once without a changed byte")
    func large() throws {
        let folder = try TemporaryFolder()
        let (up, down) = (folder.path("up"), folder.path("down"))
        // Lines of numbers: a lost, doubled or moved chunk shows.
        let shell = "seq 1 8600000 | tee \(up) & seq 8600000 -1 1 | tee \(down) >&2; wait"
        let result = try Probe.run(ProbeRequest(shell: shell))
        #expect(result.status == 0)
        #expect(result.output.count > 64 << 20)
        #expect(try Data(result.output) == Data(contentsOf: URL(fileURLWithPath: up)))
        #expect(try Data(result.error.utf8) == Data(contentsOf: URL(fileURLWithPath: down)))
    }

    @Test("a secret is masked and counted, on each stream for itself")
    func masking() throws {
        var request = ProbeRequest(shell: "echo a $TOKEN b $TOKEN; echo $TOKEN >&2; printf 'tail %s' ${TOKEN%?}")
        request.add("TOKEN", "hunter2hunter2".utf8)
        let result = try Probe.run(request)
        #expect(result.text == "a *** b ***\ntail hunter2hunter")
        #expect(result.error == "***\n")
        #expect(result.report?.output == ["TOKEN 2"])
        #expect(result.report?.error == ["TOKEN 1"])
    }

    @Test("a prompt without a newline comes out at once", arguments: Wiring.allCases)
    func prompt(wiring: Wiring) throws {
        var request = ProbeRequest(shell: "printf 'name? '; read name; echo hello $name")
        request.add("TOKEN", "hunter2hunter2".utf8)
        let probe = try Probe(request, on: wiring)
        #expect(probe.wait(for: "name? "))
        probe.send(Array("you\n".utf8))
        #expect(probe.finish().text == "name? hello you\n")
    }

    @Test("when the reader of the output goes, the command learns it as in a pipeline")
    func closedOutput() throws {
        let probe = try Probe(ProbeRequest("/usr/bin/yes"))
        #expect(probe.wait(for: "y\n"))
        probe.closeReader(of: 1)
        let result = probe.finish()
        #expect(result.status == 128 + SIGPIPE)
        #expect(result.report?.remarks == ["output-closed"])
    }

    @Test("a command that writes nothing more keeps its own code when the reader goes")
    func closedOutputUnnoticed() throws {
        let probe = try Probe(ProbeRequest(shell: "echo a; read line; echo b 2>/dev/null; exit 4"))
        #expect(probe.wait(for: "a\n"))
        probe.closeReader(of: 1)
        probe.send([0x0A])
        #expect(probe.finish().status == 4)
    }

    @Test("output that cannot be written is a failure of inject's, not of the reader")
    func fullDisk() throws {
        let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
        defer { close(full) }
        let result = try Probe(ProbeRequest("/bin/echo", "text"), output: full).finish()
        #expect(result.status == 125)
        #expect(result.report?.remarks == ["output-failed"])
        let failing = try Probe(ProbeRequest("/bin/sh", "-c", "echo text; exit 3"), output: full).finish()
        #expect(failing.status == 3)
    }

    @Test("what something in the background keeps open is not waited for, and that is said", arguments: Wiring.allCases)
    func heldOpen(wiring: Wiring) throws {
        let folder = try TemporaryFolder()
        var request = ProbeRequest(shell: "(while [ -e $FLAG ]; do sleep 0.1; done; echo late) & echo done; exit 3")
        request.linger = 50
        // It goes with the test.
        let flag = Array("FLAG=\(try folder.write("flag", ""))".utf8)
        let result = try Probe(request, on: wiring, environment: Probe.environment + [flag]).finish()
        withExtendedLifetime(folder) {}
        #expect(result.text == "done\n")
        #expect(result.status == 3)
        #expect(result.report?.remarks == ["output-held-open"])
    }

    @Test("a command that becomes a daemon ends the run at once, and the daemon lives on", arguments: Wiring.allCases)
    func daemon(wiring: Wiring) throws {
        let folder = try TemporaryFolder()
        let lifeline = try Lifeline()
        let loop = "while [ -d ${FLAG%/*} ] && [ ! -e $FLAG ]; do sleep 0.05; done; echo alive >&9"
        let shell = "\(Lifeline.hold); setsid sh -c '\(loop)' </dev/null >/dev/null 2>&1 & exit 3"
        let variables = ["FLAG=\(folder.path("flag"))", lifeline.variable].map { Array($0.utf8) }
        let environment = Probe.environment + variables
        let result = try Probe(ProbeRequest(shell: shell), on: wiring, environment: environment).finish()
        #expect(result.status == 3)
        #expect(result.report?.remarks == [])
        try folder.write("flag", "")
        #expect(lifeline.end() == "alive\n")
    }

    @Test("a background process that never stops writing does not hold inject", arguments: Wiring.allCases)
    func chattering(wiring: Wiring) throws {
        var request = ProbeRequest(shell: "yes & exit 3")
        request.linger = 50
        let result = try Probe.run(request, on: wiring)
        #expect(result.status == 3)
        #expect(result.report?.remarks == ["output-held-open"])
    }

    @Test("a reader that is slower than the patience loses nothing")
    func slowReader() throws {
        // All of it fits into the pipes, so the command ends while nobody has read a byte; patience is over at once.
        let (reader, writer) = try Descriptors.pipe()
        defer { close(reader) }
        var request = ProbeRequest(shell: "head -c 700000 /dev/zero; echo ended >&2; exec 2>&-")
        request.linger = 0
        let probe = try Probe(request, output: writer)
        close(writer)
        #expect(probe.wait(for: "ended", on: 2))
        #expect(Descriptors.drain(reader) == 700_000)
        let result = probe.finish()
        #expect(result.status == 0)
        #expect(result.report?.remarks == [])
    }

    @Test("an output that its owner made non-blocking is written completely, and left as it is")
    func nonBlocking() throws {
        let (reader, writer) = try Descriptors.pipe()
        defer { close(reader) }
        #expect(fcntl(writer, F_SETFL, O_NONBLOCK) == 0)
        let probe = try Probe(ProbeRequest("/usr/bin/head", "-c", "3000000", "/dev/zero"), output: writer)
        let flags = fcntl(writer, F_GETFL)
        close(writer)
        #expect(Descriptors.drain(reader) == 3_000_000)
        #expect(probe.finish().status == 0)
        #expect(flags & O_NONBLOCK != 0)
    }

    @Test("inject's own output stays blocking for everybody who shares it")
    func sharedOutput() throws {
        let (reader, writer) = try Descriptors.pipe()
        defer { close(reader) }
        let probe = try Probe(ProbeRequest(shell: "echo ready >&2; read line"), output: writer)
        #expect(probe.wait(for: "ready", on: 2))
        #expect(fcntl(writer, F_GETFL) & O_NONBLOCK == 0)
        close(writer)
        #expect(probe.finish().status == 1)
    }

    @Test("a socket as output works as well")
    func socket() throws {
        var ends: [Int32] = [-1, -1]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
        defer { close(ends[0]) }
        let probe = try Probe(ProbeRequest("/usr/bin/head", "-c", "1000000", "/dev/zero"), output: ends[1])
        close(ends[1])
        #expect(Descriptors.drain(ends[0]) == 1_000_000)
        #expect(probe.finish().status == 0)
    }

    @Test("a file as output is appended to in order")
    func file() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("log", "before\n")
        let log = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        let result = try Probe(ProbeRequest(shell: "seq 1 3"), output: log).finish()
        close(log)
        #expect(result.status == 0)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "before\n1\n2\n3\n")
    }

    @Test("a command that closes its streams is waited for", arguments: Wiring.allCases)
    func closedStreams(wiring: Wiring) throws {
        let request = ProbeRequest(shell: "exec >&- 2>&-; read line; exit 9")
        #expect(try Probe.run(request, on: wiring, input: [0x0A]).status == 9)
    }

    @Test("without masking the streams are inject's own")
    func unmasked() throws {
        var request = ProbeRequest(shell: "echo out $TOKEN; echo err >&2")
        request.add("TOKEN", "hunter2hunter2".utf8)
        request.isMasked = false
        let result = try Probe.run(request)
        #expect(result.text == "out hunter2hunter2\n")
        #expect(result.error == "err\n")
    }
}
