import Foundation
import InjectTesting
import Testing

/// What a real command sees.
@Suite("what the command inherits")
struct InheritanceTests {
    private static func entries(_ result: Probe.Result) -> [[UInt8]] {
        result.output.split(separator: 0).map(Array.init)
    }

    @Test("bytes that are no UTF-8 survive, duplicates and entries without = do not")
    func rawEnvironment() throws {
        var request = ProbeRequest("/usr/bin/env", "-0")
        request.add("DB_PASSWORD", "hunter2hunter2".utf8)
        request.isMasked = false
        let odd: [[UInt8]] = [
            Array("PATH=/usr/bin:/bin".utf8), [0xFF, 0x3D, 0xFE, 0x80], Array("TWICE=1".utf8), Array("TWICE=2".utf8),
            Array("no equals sign".utf8), Array("ACTIONS_RUNTIME_TOKEN=a".utf8), Array("ACTIONS_RUNTIME_TOKEN=b".utf8),
            Array("EMPTY=".utf8), Array("A=b=c".utf8),
        ]
        let result = try Probe.run(request, environment: odd)
        let expected: [[UInt8]] = [odd[0], odd[1], odd[2], odd[7], odd[8], Array("DB_PASSWORD=hunter2hunter2".utf8)]
        #expect(Self.entries(result) == expected)
    }

    @Test("every byte but NUL reaches the command in a variable")
    func everyByte() throws {
        var request = ProbeRequest("/usr/bin/env", "-0")
        let value = [UInt8](1...255)
        request.add("ALL", value)
        request.isMasked = false
        request.isPristine = true
        let result = try Probe.run(request, environment: [])
        #expect(Self.entries(result) == [Array("ALL=".utf8) + value])
    }

    @Test("no descriptor but the three standard ones", arguments: [true, false])
    func descriptors(isMasked: Bool) throws {
        // The fourth is the one that ls reads the folder with.
        var request = ProbeRequest("/bin/sh", "-c", "exec 2>/dev/null; ls /proc/self/fd | tr '\\n' ' '")
        request.isMasked = isMasked
        request.add("KEY", "file content".utf8, file: "key")
        #expect(try Probe.run(request).text == "0 1 2 3 ")
        // And what the three are: with masking, none of inject's own outputs.
    }

    @Test("an open descriptor of inject's parent does not reach the command")
    func foreignDescriptors() throws {
        let shell = ["/bin/sh", "-c", "exec 7</dev/null 9</dev/zero; exec \"$@\"", "sh"]
        let result = try Probe.run(ProbeRequest("/bin/ls", "/proc/self/fd"), prefix: shell)
        #expect(result.text == "0\n1\n2\n3\n")
    }

    @Test("no signal is ignored, blocked or caught")
    func dispositions() throws {
        let request = ProbeRequest("/bin/cat", "/proc/self/status")
        let probe = try Probe(request, ignoring: [SIGINT, SIGQUIT, SIGPIPE, SIGUSR1, SIGCHLD])
        let lines = probe.finish().text.split(separator: "\n").filter { $0.hasPrefix("Sig") && !$0.hasPrefix("SigQ") }
        #expect(lines == ["SigPnd", "SigBlk", "SigIgn", "SigCgt"].map { "\($0):\t0000000000000000" })
    }

    @Test("it leads a process group of its own and is inject's child")
    func processGroup() throws {
        // proc(5): pid (comm) state ppid pgrp
        let probe = try Probe(ProbeRequest("/bin/cat", "/proc/self/stat"))
        let fields = probe.finish().text.split(separator: " ")
        #expect(fields[4] == fields[0])
        #expect(fields[3] == "\(probe.pid)")
    }

    @Test("standard input passes through untouched")
    func standardInput() throws {
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let probe = try Probe(ProbeRequest("/usr/bin/head", "-c", "60000"))
        probe.send(Array(bytes.prefix(60_000)))
        #expect(probe.finish().output == Array(bytes.prefix(60_000)))
    }

    @Test("arguments are bytes, and no shell looks at them")
    func arguments() throws {
        var request = ProbeRequest("/usr/bin/printf", "%s|", "$HOME", "a b", "*", "", "`id`")
        request.arguments?.append([0xFF, 0xFE])
        #expect(try Probe.run(request).output == Array("$HOME|a b|*||`id`|".utf8) + [0xFF, 0xFE, 0x7C])
    }

    @Test("a shell text is run by the shell, with the variables")
    func shell() throws {
        var request = ProbeRequest(shell: "printf '%s' \"${#TOKEN}\"; exit 3")
        request.add("TOKEN", "123456789".utf8)
        let result = try Probe.run(request)
        #expect(result.text == "9")
        #expect(result.status == 3)
    }
}
