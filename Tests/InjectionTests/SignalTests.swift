import Diagnostics
import Foundation
import InjectTesting
import LogMasking
import Testing

@testable import Injection

@Suite("signals")
struct SignalTests {
    static let forwarded = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH]

    /// A command that names every signal it gets and never ends by one.
    static let deaf = """
        for s in HUP INT QUIT TERM USR1 USR2 WINCH; do trap "echo got $s" $s; done
        echo ready; while :; do read line && exit $line; done
        """

    /// How many bytes a pipe takes whose reader sleeps (pipe(7)).
    static let pipe = 65_536

    @Test(
        "a signal to inject reaches the command", arguments: Wiring.allCases,
        Array(zip(forwarded, ["HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "WINCH"])))
    func forwarding(wiring: Wiring, signal: (number: Int32, name: String)) throws {
        let probe = try Probe(ProbeRequest(shell: Self.deaf), on: wiring)
        #expect(probe.wait(for: "ready"))
        kill(probe.pid, signal.number)
        #expect(probe.wait(for: "got \(signal.name)"))
        probe.send(Array("9\n".utf8))
        #expect(probe.finish().status == 9)
    }

    @Test("it reaches the whole group, also what the command has started", arguments: Wiring.allCases)
    func group(wiring: Wiring) throws {
        let inner = "exec 2>/dev/null; trap 'echo inner; exit' TERM; echo ready; while :; do sleep 0.1; done"
        let probe = try Probe(ProbeRequest(shell: "trap 'wait; exit 5' TERM; sh -c \"\(inner)\" & wait"), on: wiring)
        #expect(probe.wait(for: "ready"))
        kill(probe.pid, SIGTERM)
        let result = probe.finish()
        #expect(result.text == "ready\ninner\n")
        #expect(result.status == 5)
    }

    @Test("after INT alone the command gets TERM and then KILL", arguments: Wiring.allCases)
    func escalation(wiring: Wiring) throws {
        var request = ProbeRequest(shell: Self.deaf)
        (request.terminate, request.kill) = (50, 100)
        let probe = try Probe(request, on: wiring)
        #expect(probe.wait(for: "ready"))
        kill(probe.pid, SIGINT)
        let result = probe.finish()
        #expect(result.text == "ready\ngot INT\ngot TERM\n")
        #expect(result.status == 128 + SIGKILL)
    }

    @Test("a second INT is followed by TERM at once, a third by KILL", arguments: Wiring.allCases)
    func impatience(wiring: Wiring) throws {
        let probe = try Probe(ProbeRequest(shell: Self.deaf), on: wiring)
        #expect(probe.wait(for: "ready"))
        kill(probe.pid, SIGINT)
        #expect(probe.wait(for: "got INT"))
        kill(probe.pid, SIGINT)
        #expect(probe.wait(for: "got TERM"))
        kill(probe.pid, SIGINT)
        #expect(probe.finish().status == 128 + SIGKILL)
    }

    @Test("TERM is forwarded and nothing follows it")
    func termination() {
        var escalation = SignalEscalation(SignalTiming())
        #expect(escalation.signals(for: SIGTERM, at: 0) == [SIGTERM])
        #expect(escalation.next == nil)
        #expect(escalation.due(at: .max) == nil)
    }

    @Test("the clock of the escalation begins with the first INT")
    func clock() {
        var escalation = SignalEscalation(SignalTiming())
        #expect(escalation.signals(for: SIGINT, at: 1_000) == [SIGINT])
        #expect(escalation.due(at: 6_999) == nil)
        #expect(escalation.next == 7_000)
        #expect(escalation.due(at: 7_000) == SIGTERM)
        #expect(escalation.next == 10_000)
        #expect(escalation.due(at: 9_999) == nil)
        #expect(escalation.due(at: 10_000) == SIGKILL)
        #expect(escalation.next == nil)
        #expect(escalation.due(at: .max) == nil)
    }

    @Test("a signal that inject was started to ignore, as by nohup, ends nothing")
    func ignored() throws {
        let probe = try Probe(ProbeRequest(shell: "echo ready; read line; exit $line"), ignoring: [SIGHUP])
        #expect(probe.wait(for: "ready"))
        kill(probe.pid, SIGHUP)
        probe.send(Array("4\n".utf8))
        #expect(probe.finish().status == 4)
    }

    @Test("a command that replaces inject ignores what inject was started to ignore, as by nohup")
    func replacedIgnoring() throws {
        var request = ProbeRequest(shell: "kill -HUP $$; exit 4")
        request.replaces = true
        #expect(try Probe(request, ignoring: [SIGHUP]).finish().status == 4)
    }

    @Test("an ignored SIGCHLD does not lose the exit code")
    func ignoredChild() throws {
        #expect(try Probe(ProbeRequest("/bin/sh", "-c", "exit 6"), ignoring: [SIGCHLD]).finish().status == 6)
    }

    /// Starts a command whose standard output nobody reads but through the descriptor, which is the caller's to close.
    private static func unread(_ shell: String) throws -> (Probe, reader: Int32) {
        let (reader, writer) = try Descriptors.pipe()
        defer { close(writer) }
        return (try Probe(ProbeRequest(shell: shell), output: writer), reader)
    }

    @Test("a signal is forwarded while the log's reader sleeps")
    func blockedReader() throws {
        // More than all pipes hold: inject waits for the reader, and the command for inject.
        let shell = "trap 'echo got TERM >&2; exit 8' TERM; head -c 8000000 /dev/zero; exit 1"
        let (probe, reader) = try Self.unread(shell)
        defer { close(reader) }
        while Descriptors.readableCount(reader) < Self.pipe { sched_yield() }
        kill(probe.pid, SIGTERM)
        #expect(probe.wait(for: "got TERM", on: 2))
        probe.closeReader(of: 2)
        _ = Descriptors.drain(reader)
        #expect(probe.finish().status == 8)
    }

    @Test("nothing is lost of what the command wrote before a signal, while the log's reader sleeps")
    func unreadOutput() throws {
        // Two pipes are certain to take this much; what inject itself holds between them may be a page or sixteen.
        // `exec`, since a shell that is between fork and exec would keep the signal from what it starts.
        let shell = "head -c \(2 * Self.pipe) /dev/zero; echo written >&2; exec head -c 8000000 /dev/zero"
        let (probe, reader) = try Self.unread(shell)
        defer { close(reader) }
        #expect(probe.wait(for: "written", on: 2))
        while Descriptors.readableCount(reader) < Self.pipe { sched_yield() }
        kill(probe.pid, SIGTERM)
        probe.closeReader(of: 2)
        #expect(Descriptors.drain(reader) >= 2 * Self.pipe)
        #expect(probe.finish().status == 128 + SIGTERM)
    }

    @Test("a signal after the command's end gives up output that nobody reads", arguments: [SIGHUP, SIGTERM])
    func stuckReader(signal: Int32) throws {
        let (probe, reader) = try Self.unread("exec yes")
        defer { close(reader) }
        while Descriptors.readableCount(reader) < Self.pipe { sched_yield() }
        // The first is the command's. Nobody sees which of the others is the first after its end.
        var change = siginfo_t()
        while waitid(P_PID, id_t(probe.pid), &change, WEXITED | WNOHANG | WNOWAIT) == 0, change.si_signo != SIGCHLD {
            kill(probe.pid, signal)
            sched_yield()
        }
        #expect(probe.finish().status == 128 + signal)
    }

    @Test("output is given up where its reader has left no room, and not before")
    func abandonedOutput() throws {
        let (reader, writer) = try Descriptors.pipe()
        defer { for descriptor in [reader, writer] { close(descriptor) } }
        let filters = OutputFilters(patterns: try MaskPatterns([]), allowsWorkflowCommands: true)
        let output = RelayOutput(writer, filters)
        let bytes = [UInt8](repeating: 0x78, count: Self.pipe + 1)
        bytes.withUnsafeBytes { output.append($0) }
        output.abandon()
        #expect(output.failure == nil && !output.isEmpty)
        output.flush()
        #expect(Descriptors.readableCount(reader) == Self.pipe && !output.isEmpty)
        output.abandon()
        #expect(output.failure == EAGAIN && output.isEmpty)
    }

    @Test(
        "how long something kept the output open is said unless somebody cut the wait short",
        arguments: [(false, ["waited 5 s"]), (true, [])] as [(Bool, [String])]
    )
    func heldOpen(isHurried: Bool, notes: [String]) throws {
        let (reader, writer) = try Descriptors.pipe()
        defer { close(writer) }
        let filters = OutputFilters(patterns: try MaskPatterns([]), allowsWorkflowCommands: true)
        let relay = try StreamRelay.masking(reader, to: STDOUT_FILENO, filters)
        relay.endWithWhatIsThere()
        let end = ChildEnd(exitCode: 3, interruption: nil, isHurried: isHurried)
        let outcome = RunOutcome(end, ChildRelays(output: relay), linger: 5_000)
        #expect(outcome.exitCode == 3)
        let help = Diagnostic.Remark.help("redirect the output of what runs in the background, or wait for it")
        #expect(outcome.remarks.map(\.remarks) == [notes.map(Diagnostic.Remark.note) + [help]])
    }

    @Test("as the first process of a container it reaps what nobody waits for")
    func orphans() throws {
        let orphan = "(sh -c 'echo $$ >$OUT.new; mv $OUT.new $OUT' &); while [ ! -e $OUT ]; do :; done; read pid <$OUT"
        let look =
            "i=0; while [ -e /proc/$pid ] && [ $i -lt 500000 ]; do i=$((i+1)); done; ls -d /proc/$pid || echo reaped"
        let folder = try TemporaryFolder()
        let result = try Probe.run(
            ProbeRequest(shell: "\(orphan); \(look)"),
            prefix: MountNamespace.prefix + ["--pid", "--fork", "--mount-proc"],
            environment: Probe.environment + [Array("OUT=\(folder.path("pid"))".utf8)]
        )
        #expect(result.text == "reaped\n")
    }

    @Test("the command dies with inject, even when inject is killed", arguments: Wiring.allCases)
    func parentDeath(wiring: Wiring) throws {
        let lifeline = try Lifeline()
        // The group dies as well, not only inject's own child.
        let request = ProbeRequest(shell: "\(Lifeline.hold); cat & echo ready; read line; echo survived")
        let probe = try Probe(request, on: wiring, environment: Probe.environment + [Array(lifeline.variable.utf8)])
        #expect(probe.wait(for: "ready"))
        probe.kill()
        #expect(lifeline.end() == "")
        let result = probe.finish()
        #expect(result.status == 128 + SIGKILL)
        #expect(result.text == "ready\n")
    }
}
