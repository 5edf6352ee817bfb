import Foundation
import InjectTesting
import Testing

/// Real programs on the terminal that inject makes for them, and somebody who types.
@Suite("a command with a terminal of its own")
struct OwnTerminalTests {
    @Test("a program that asks is told that all three are terminals")
    func isTerminal() throws {
        let terminal = try Terminal("python3 -c 'import os; print([os.isatty(n) for n in range(3)])'")
        try terminal.wait(for: "[True, True, True]")
        try terminal.wait(for: "code 0")
    }

    @Test("a standard error that is no terminal stays apart, and is masked")
    func errorApart() throws {
        let folder = try TemporaryFolder()
        var request = ProbeRequest(shell: "[ -t 1 ] && [ ! -t 2 ] && echo $TOKEN >&2; echo done")
        request.add("TOKEN", "hunter2hunter2".utf8)
        let terminal = try Terminal(running: "inject 2>\(folder.path("error"))", request)
        try terminal.wait(for: "code 0")
        #expect(try String(contentsOfFile: folder.path("error"), encoding: .utf8) == "***\n")
    }

    @Test("whatever reaches the terminal is masked, also past standard output")
    func masking() throws {
        var request = ProbeRequest(
            shell: "echo a $TOKEN; echo b $TOKEN >&2; echo c $TOKEN >/dev/tty; echo d $TOKEN >&0; echo \"$LINES2\"")
        request.add("TOKEN", "hunter2hunter2".utf8)
        request.add("LINES2", "first-line-of-it\nsecond-line-of-it".utf8)
        let terminal = try Terminal(request)
        try terminal.wait(for: "code 0")
        #expect(terminal.text.hasPrefix("a ***\r\nb ***\r\nc ***\r\nd ***\r\n***"), "\(terminal.text)")
        #expect(!terminal.text.contains("hunter2") && !terminal.text.contains("line-of-it"))
    }

    @Test("colours come through to the byte")
    func colours() throws {
        let terminal = try Terminal("cd / && ls -d --color=auto usr; tput setaf 2; tput sgr0")
        try terminal.wait(for: "\u{1B}[0m\u{1B}[01;34musr\u{1B}[0m\r\n")
        try terminal.wait(for: "\u{1B}[32m\u{1B}(B\u{1B}[m")
    }

    @Test("the window's size is the command's, and follows it")
    func size() throws {
        let terminal = try Terminal("trap 'stty size; exit 4' WINCH; stty size; while :; do sleep 0.05; done")
        try terminal.wait(for: "24 80")
        terminal.resize(columns: 132)
        try terminal.wait(for: "24 132")
        try terminal.wait(for: "code 4")
    }

    @Test("a window that changed while the command was stopped is right when it goes on")
    func sizeAfterStop() throws {
        let terminal = try Terminal(
            running: "inject; echo back; read word; fg >/dev/null", "echo ready; read word; stty size")
        try terminal.wait(for: "ready")
        try terminal.type("\u{1A}", awaiting: "back")
        terminal.resize(columns: 132)
        try terminal.type("\n")
        try terminal.type("\n", awaiting: "24 132")
        try terminal.wait(for: "code 0")
    }

    @Test("a prompt is shown before its answer, which is shown once")
    func prompt() throws {
        let terminal = try Terminal(ProbeRequest("/bin/bash", "-c", "read -p 'name? ' name; echo hello $name"))
        try terminal.wait(for: "name? ")
        try terminal.type("you\n", awaiting: "hello you")
        #expect(terminal.text == "name? you\r\nhello you\r\n", "\(terminal.text)")
    }

    @Test("a password is not shown")
    func password() throws {
        let terminal = try Terminal(ProbeRequest("/bin/bash", "-c", "read -sp 'password: ' p; echo; echo ${#p}"))
        try terminal.wait(for: "password: ")
        try terminal.type("secret\n", awaiting: "6")
        try terminal.wait(for: "code 0")
        #expect(!terminal.text.contains("secret"))
    }

    @Test(
        "control keys mean what they always mean",
        arguments: [
            ("\u{3}", "exec cat", 130), ("\u{1C}", "exec cat", 131), ("\u{4}", "cat", 0), ("\u{4}", "read x", 1),
        ]
    )
    func keys(key: String, command: String, code: Int) throws {
        let terminal = try Terminal("echo ready; \(command)")
        try terminal.wait(for: "ready")
        try terminal.type(key, awaiting: "code \(code)")
    }

    @Test("a command that changes the meaning of a key gets it")
    func changedKey() throws {
        let terminal = try Terminal("stty intr ^E; trap 'exit 8' INT; echo ready; while :; do read x; done")
        try terminal.wait(for: "ready")
        try terminal.type("\u{5}", awaiting: "code 8")
    }

    @Test("a pager pages, also what it reads from a pipe", arguments: ["inject", "seq 1 500 | inject"])
    func pager(call: String) throws {
        let file = call == "inject" ? "seq 1 500 >$FLAG; less $FLAG" : "less"
        let terminal = try Terminal(running: "\(call)", file)
        try terminal.wait(for: "23\r\n")
        try terminal.type(" ", awaiting: "46\r\n")
        try terminal.type("q", awaiting: "code 0")
        #expect(!terminal.text.contains("47\r\n"))
    }

    @Test("an editor edits")
    func editor() throws {
        let terminal = try Terminal(running: "inject; cat $FLAG", "vi -u NONE $FLAG")
        try terminal.wait(for: "flag\"")
        try terminal.type("ione two\u{1B}:wq\r", awaiting: "code 0")
        #expect(terminal.text.contains("one two\r\ncode 0"))
    }

    @Test("a shell in it has job control of its own")
    func shell() throws {
        let terminal = try Terminal(
            running: "PS1='go> ' inject", ProbeRequest("/bin/bash", "--norc", "--noediting", "-i"))
        try terminal.wait(for: "go> ")
        try terminal.type("cat; echo again $?\n", awaiting: "again $?\r\n")
        try terminal.type("one\n", awaiting: "one\r\none\r\n")
        try terminal.type("\u{1A}", awaiting: "Stopped")
        try terminal.wait(for: "go> ")
        try terminal.type("fg\n", awaiting: "fg\r\ncat")
        try terminal.type("two\n", awaiting: "two\r\ntwo\r\n")
        try terminal.type("\u{3}", awaiting: "go> ")
        try terminal.type("exit 6\n", awaiting: "code 6")
    }

    @Test("the terminal is raw for the command alone, and as it was for everybody else")
    func mode() throws {
        let terminal = try Terminal(
            running: "inject; echo back; read word; fg >/dev/null", "echo ready; read word; exit 3")
        let before = terminal.device.mode
        try terminal.wait(for: "ready")
        #expect(terminal.device.isRaw)
        try terminal.type("\u{1A}", awaiting: "back")
        #expect(terminal.device.mode.c_lflag == before.c_lflag && terminal.device.mode.c_oflag == before.c_oflag)
        try terminal.type("\n")
        try terminal.type("\n", awaiting: "code 3")
        #expect(terminal.device.mode.c_lflag == before.c_lflag && terminal.device.mode.c_oflag == before.c_oflag)
    }

    @Test("a signal that ends inject leaves the terminal as it was", arguments: ["HUP", "INT", "TERM"])
    func modeAfterSignal(name: String) throws {
        let terminal = try Terminal("echo ready; kill -\(name) $PPID; read word")
        let before = terminal.device.mode
        try terminal.wait(for: "code 1")
        #expect(terminal.device.mode.c_lflag == before.c_lflag && terminal.device.mode.c_oflag == before.c_oflag)
    }

    @Test("in the background it writes, and stops when it wants to read until it is brought to the front")
    func background() throws {
        let terminal = try Terminal(
            running:
                "inject & until grep -q '^State:.T' /proc/$!/status; do sleep 0.05; done; echo back; read x; fg >/dev/null",
            "echo ready; read w; echo got $w")
        try terminal.wait(for: "ready")
        try terminal.wait(for: "back")
        #expect(!terminal.device.isRaw)
        try terminal.type("\n")
        try terminal.type("one\n", awaiting: "got one")
        try terminal.wait(for: "code 0")
    }

    @Test("an inject in it that is in the background gets the terminal when both are brought to the front")
    func nested() throws {
        let folder = try TemporaryFolder()
        var inner = ProbeRequest(shell: "echo ready; read w; echo got $w")
        inner.report = folder.path("report")
        let file = try folder.write("request", try JSONEncoder().encode(inner))
        let terminal = try Terminal(
            running:
                "inject & until grep -q '^State:.T' /proc/$!/status; do sleep 0.05; done; echo back; read x; fg >/dev/null",
            ProbeRequest(Probe.path, file))
        try terminal.wait(for: "ready")
        try terminal.wait(for: "back")
        try terminal.type("\n")
        try terminal.type("one\n", awaiting: "got one")
        try terminal.wait(for: "code 0")
        withExtendedLifetime(folder) {}
    }

    @Test("in the background of a script without job control the script keeps the terminal")
    func scriptBackground() throws {
        let terminal = try Terminal(
            running: "set +m; inject & read word; echo shell got $word; wait $!",
            "echo ready; until [ -e $FLAG ]; do sleep 0.05; done; exit 3")
        try terminal.wait(for: "ready")
        #expect(!terminal.device.isRaw)
        try terminal.type("one\n", awaiting: "shell got one")
        try terminal.raiseFlag()
        try terminal.wait(for: "code 3")
    }

    @Test("without a terminal of inject's own the command has one that nobody types at")
    func noController() throws {
        // setsid(1) leaves the terminal's session, and standard output stays the terminal.
        let terminal = try Terminal(
            running: "inject() { setsid -w \(Probe.path) $REQUEST </dev/null; }; inject",
            "[ -t 1 ] && stty size </dev/tty; exit 5")
        try terminal.wait(for: "24 80")
        try terminal.wait(for: "code 5")
    }

    @Test("what the command leaves behind is not hung up")
    func daemon() throws {
        let lifeline = try Lifeline()
        let request = ProbeRequest(
            shell:
                "\(Lifeline.hold); (while [ -d ${FLAG%/*} ] && [ ! -e $FLAG ]; do sleep 0.05; done; echo alive >&9) >/dev/null 2>&1 & exit 3"
        )
        let terminal = try Terminal(running: "export \(lifeline.variable); inject", request)
        try terminal.wait(for: "code 3")
        try terminal.raiseFlag()
        #expect(lifeline.end() == "alive\n")
    }
}
