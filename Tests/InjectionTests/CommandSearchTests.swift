import Diagnostics
import Foundation
import InjectTesting
import Testing

@testable import Injection

@Suite("finding the command")
struct CommandSearchTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        chmod(folder.url.path, 0o755)
        try folder.write("first/tool", "#!/bin/sh\necho first\n", mode: 0o644)
        try folder.write("second/tool", "#!/bin/sh\necho second\n", mode: 0o755)
        try folder.write("second/folder/x", "")
        try folder.write("second/locked", "#!/bin/sh\n", mode: 0o644)
        try folder.write("second/data", "\u{1}\u{2}no program\n", mode: 0o755)
        try folder.write("second/orphan", "#!/no/such/interpreter\n", mode: 0o755)
    }

    private var environment: [[UInt8]] {
        [Array("PATH=\(folder.path("first")):/nonexistent:\(folder.path("second")):/bin".utf8)]
    }

    @Test("the first executable on the PATH is run, whatever stands before it")
    func search() throws {
        let result = try Probe.run(ProbeRequest("tool"), environment: environment)
        #expect(result.text == "second\n", "\(result)")
    }

    @Test(
        "126 says that it is there and 127 that it is not",
        arguments: [
            ("nowhere", 127, "command-not-found"), ("second/nowhere/", 127, "command-not-found"),
            ("/nonexistent/tool", 127, "command-not-found"), ("second/tool/x", 127, "command-not-found"),
            ("locked", 126, "command-not-executable"), ("folder", 126, "command-not-executable"),
            ("first/tool", 126, "command-not-executable"), ("second", 127, "command-not-found"),
            ("second/", 126, "command-not-executable"), ("second/data", 126, "command-not-executable"),
            ("second/orphan", 126, "command-not-executable"), ("", 125, "command-missing"),
            (String(repeating: "x", count: 300), 127, "command-not-found"),
        ]
    )
    func codes(name: String, code: Int32, id: String) throws {
        let isRelative = name.contains("/") && !name.hasPrefix("/")
        var request = ProbeRequest(isRelative ? folder.url.path + "/" + name : name)
        // Nothing secret may be left, or even have been written, when the command cannot run.
        request.add("KEY", "a file's content".utf8, file: "key")
        request.runtime = nil
        request.shared = "/nonexistent"
        request.disk = folder.path("first")
        let result = try Probe.run(request, environment: environment)
        #expect(result.status == code)
        #expect(result.report?.failure == id)
        #expect(try folder.contents().filter { $0.hasPrefix("first/") } == ["first/tool"])
    }

    @Test("an unreachable folder is 126 where the command lies in it", arguments: [false, true])
    func unreachable(isOnPath: Bool) throws {
        try folder.write("closed/tool", "#!/bin/sh\n", mode: 0o755)
        chmod(folder.path("closed"), 0)
        defer { chmod(folder.path("closed"), 0o700) }
        let request = ProbeRequest(isOnPath ? "tool" : folder.path("closed/tool"))
        let path = isOnPath ? folder.path("closed") : "/bin"
        let result = try Probe.run(request, prefix: Unprivileged.prefix, environment: [Array("PATH=\(path)".utf8)])
        #expect(result.status == (isOnPath ? 127 : 126))
    }

    @Test("too much environment is said clearly, and nothing is left")
    func tooMuch() throws {
        // One argument may have 128 KiB, whatever the limit of all of them is (execve(2)).
        let request = ProbeRequest("/bin/true", String(repeating: "x", count: 131_072))
        let result = try Probe.run(request)
        #expect(result.status == 126)
        #expect(
            result.report?.message
                == "the command `/bin/true` cannot be executed: its arguments and environment are too long"
        )
    }

    @Test("a path whose bytes are no UTF-8 is found and run")
    func bytes() throws {
        let name = Array("odd-".utf8) + [0xFF]
        let path = Array(folder.path("second").utf8) + [0x2F] + name
        #expect(symlink("/bin/echo", path.map(CChar.init(bitPattern:)) + [0]) == 0)
        defer { unlink(path.map(CChar.init(bitPattern:)) + [0]) }
        for command in [name, path] {
            var request = ProbeRequest("x", "found")
            request.arguments?[0] = command
            #expect(try Probe.run(request, environment: environment).text == "found\n")
        }
    }

    @Test(
        "an argument that names an injected variable is hinted at where no shell expands it",
        arguments: [
            (["echo", "$TOKEN"], 1), (["echo", "a${TOKEN}b"], 1), (["echo", "$TOKEN_FILE"], 0),
            (["echo", "$TOKENS"], 0),
            (["echo", "TOKEN"], 0), (["$TOKEN"], 0), (["sh", "-c", "echo $TOKEN"], 0), (["/bin/bash", "$TOKEN"], 0),
            (["echo", "$TOKEN", "$TOKEN."], 2), (["echo", "$TOKENS and $TOKEN"], 1),
            (["timeout", "5", "sh", "-c", "echo $TOKEN"], 0), (["env", "A=1", "/bin/bash", "-c", "echo $TOKEN"], 0),
            (["env", "A=1", "echo", "$TOKEN"], 1),
        ]
    )
    func hints(arguments: [String], count: Int) throws {
        let program = ChildProgram.arguments(arguments.map { Array($0.utf8) })
        let hints = program.hints(about: [try secret("TOKEN")])
        #expect(hints.map(\.id.description) == Array(repeating: "literal-dollar", count: count))
        #expect(ChildProgram.shell(Array("echo $TOKEN".utf8)).hints(about: [try secret("TOKEN")]).isEmpty)
    }
}
