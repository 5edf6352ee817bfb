import Foundation
import InjectTesting
import Testing

/// inject below a shell with job control on a pseudo-terminal, and somebody who types.
@Suite("at a terminal")
struct TerminalTests {
    @Test("the command can read the terminal, and the shell has it again afterwards")
    func foreground() throws {
        let terminal = try Terminal(
            running: "inject; echo back; read word; echo shell got $word", "read word; echo command got $word")
        try terminal.type("one\n", awaiting: "command got one")
        // What is typed until inject has ended is the command's.
        try terminal.wait(for: "back")
        try terminal.type("two\n", awaiting: "shell got two")
        #expect(try terminal.finish() == 0)
    }

    @Test("Ctrl-C reaches the command and not inject")
    func interrupt() throws {
        let command = "trap 'echo cleaned up; exit 7' INT; echo ready; while :; do read word; done"
        let terminal = try Terminal(running: "inject", command)
        try terminal.wait(for: "ready")
        try terminal.type("\u{3}", awaiting: "cleaned up")
        try terminal.wait(for: "code 7")
        #expect(try terminal.finish() == 7)
    }

    @Test("Ctrl-Z stops both, and fg gives the command its terminal back")
    func stop() throws {
        let terminal = try Terminal(
            running: "inject; echo stopped $?; fg >/dev/null",
            "echo ready; read word; echo command got $word; exit 3"
        )
        try terminal.wait(for: "ready")
        try terminal.type("\u{1A}", awaiting: "stopped 148")
        try terminal.type("one\n", awaiting: "command got one")
        try terminal.wait(for: "code 3")
        #expect(try terminal.finish() == 3)
    }

    @Test("after bg the shell keeps the terminal")
    func background() throws {
        let terminal = try Terminal(
            running: "inject; echo stopped $?; bg >/dev/null; read word; echo shell got $word; wait %1",
            "echo ready; while [ ! -e $FLAG ]; do :; done; exit 3"
        )
        try terminal.wait(for: "ready")
        try terminal.type("\u{1A}", awaiting: "stopped 148")
        try terminal.type("one\n", awaiting: "shell got one")
        try terminal.raiseFlag()
        try terminal.wait(for: "code 3")
        #expect(try terminal.finish() == 3)
    }

    @Test(
        "Ctrl-C that ends the command ends the script around it, and one that the command survives does not",
        arguments: [
            ("echo $$ >&2; exec cat", "code 130"),
            ("trap 'exit 7' INT; echo $$ >&2; while :; do read x; done", "went on 7"),
        ],
        ["", ">$FLAG"]
    )
    func script(command: (shell: String, answer: String), output: String) throws {
        // Where standard output is a file the command has inject's own terminal.
        let script = "echo ready; $PROBE $REQUEST \(output); echo went on $?"
        let terminal = try Terminal(
            running: "PROBE=\(Probe.path) bash -c '\(script)'",
            command.shell)
        try terminal.wait(for: "ready\r\n")
        // The command's own line: it has the terminal.
        try terminal.wait(for: "\r\n")
        try terminal.type("\u{3}", awaiting: command.answer)
        #expect(terminal.text.contains("went on") == command.answer.hasPrefix("went"))
    }

    @Test("Ctrl-C in a pipeline that is inject's job ends the command, inject and the script")
    func pipeline() throws {
        let terminal = try Terminal(
            running: "PROBE=\(Probe.path) bash -c 'cat | $PROBE $REQUEST; echo went on'",
            "echo ready; exec sleep 1000")
        try terminal.wait(for: "ready")
        try terminal.type("\u{3}", awaiting: "code 130")
        #expect(!terminal.text.contains("went on"))
    }

    @Test("a pager behind inject has the terminal while the command runs")
    func pager() throws {
        let terminal = try Terminal(
            running: "inject | (read line; read word </dev/tty; echo pager got $word; cat)",
            "echo ready; while [ ! -e $FLAG ]; do :; done; echo command ended"
        )
        try terminal.type("one\n", awaiting: "pager got one")
        try terminal.raiseFlag()
        try terminal.wait(for: "command ended")
        #expect(try terminal.finish() == 0)
    }

    @Test("in front of a pipe the command gets the terminal when it asks for it")
    func onDemand() throws {
        let terminal = try Terminal(running: "inject | cat", "read word; echo command got $word")
        try terminal.type("one\n", awaiting: "command got one")
        #expect(try terminal.finish() == 0)
    }

    @Test("TSTP to inject stops the command, CONT lets both go on")
    func stopSignal() throws {
        let terminal = try Terminal(
            running: "inject </dev/null; echo stopped $?; fg >/dev/null",
            "echo ready; kill -TSTP $PPID; while [ ! -e $FLAG ]; do :; done; exit 3"
        )
        try terminal.wait(for: "stopped 148")
        try terminal.raiseFlag()
        try terminal.wait(for: "code 3")
        #expect(try terminal.finish() == 3)
    }
}
