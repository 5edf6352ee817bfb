import Foundation
import InjectTesting
import Testing

@Suite("The action's installation")
struct InstallTests {
    // What waits half a minute is for the long run.
    private static let isLong = ProcessInfo.processInfo.environment["INJECT_LONG_TESTS"] != nil

    private let runner: FakeRunner
    private let server: ReleaseServer

    init() throws {
        runner = try FakeRunner()
        server = try ReleaseServer(in: runner.folder)
        try know("inject-0.1.0-linux-x86_64")
    }

    /// Makes the action one that knows a release's checksum, as a commit after that release is.
    private func know(_ file: String, _ program: String = ReleaseServer.program) throws {
        let sum = try Self.sum(program)
        try "# known\n\(sum)  \(file)\n".write(
            toFile: runner.actionFolder("action/checksums.txt"), atomically: true, encoding: .utf8)
    }

    private static func sum(_ text: String) throws -> String {
        let script = "import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())"
        let output = try Python.run(script, input: Data(text.utf8))
        return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func install(_ kind: String = "good", _ inputs: [String: String] = [:]) throws -> FakeRunner.Outcome {
        let own = ["download-url": server.url(kind), "ca-certificate": server.certificate]
        return try runner.run("action/setup", own.merging(inputs) { _, new in new })
    }

    @Test("puts the program into the tool cache and on the path", arguments: ["good", "moved"])
    func good(kind: String) throws {
        let outcome = try install(kind)
        let place = runner.folder.path("tools/inject/0.1.0/x64")
        #expect(outcome.status == 0, "\(outcome.log)")
        #expect(outcome.outputs == ["program": "\(place)/inject", "version": "0.1.0"])
        #expect(runner.paths == [place])
        #expect(FileManager.default.fileExists(atPath: place + ".complete"))
    }

    @Test("a server that falls silent is given up after half a minute and asked again", .enabled(if: isLong))
    func stalled() throws {
        let outcome = try install("stalled")
        #expect(outcome.status == 0, "\(outcome.log)")
        #expect(outcome.outputs["version"] == "0.1.0")
    }

    @Test("takes what is in the tool cache, and only if it is what it should be")
    func cache() throws {
        #expect(try install().status == 0)
        #expect(try install("missing").log.hasPrefix("inject: using "))
        let cached = runner.folder.path("tools/inject/0.1.0/x64/inject")
        try "#!/bin/sh\necho 'inject 0.1.0 of somebody else'\n".write(toFile: cached, atomically: true, encoding: .utf8)
        #expect(try install("missing").status == 1)
        #expect(try install().status == 0)
        #expect(try String(contentsOfFile: cached, encoding: .utf8) == ReleaseServer.program)
    }

    @Test(
        "installs nothing that is not exactly what this commit knows",
        arguments: [
            ("wrong", "was expected: nothing was installed", [:]),
            ("truncated", "cannot be downloaded: curl: (18)", [:]),
            ("missing", "cannot be downloaded: curl: (22)", [:]),
            ("plain", "Protocol \"http\" not supported or disabled", [:]),
            ("good", "cannot be downloaded: curl: (60)", ["ca-certificate": ""]),
            ("good", "download-url must start with https://", ["download-url": "http://127.0.0.1/good"]),
            ("good", "cannot be downloaded: curl: (7)", ["download-url": "https://127.0.0.1:9/good"]),
            ("good", "cannot be downloaded: curl: (6)", ["download-url": "https://releases.invalid/good"]),
            ("reset", "cannot be downloaded: curl: (", [:]),
            ("good", "does not know version 0.2.0 for x86_64", ["version": "0.2.0"]),
            ("good", "`0.1.0/../x` is no version", ["version": "0.1.0/../x"]),
            ("good", "`.*` is no version", ["version": ".*"]),
            ("good", "`0.1.0 x\"'` is no version", ["version": "0.1.0\nx\"'"]),
            ("good", "has the SHA-256", ["checksum": String(repeating: "0", count: 64)]),
            ("good", "must be a SHA-256 in lower-case", ["checksum": "$(touch /tmp/pwned)"]),
            ("good", "of 64 digits, and it has 4", ["checksum": "abcd"]),
        ] as [(String, String, [String: String])]
    )
    func refused(kind: String, message: String, inputs: [String: String]) throws {
        let outcome = try install(kind, inputs)
        #expect(outcome.status == 1)
        let line = outcome.log.split(separator: "\n").last ?? ""
        #expect(line.hasPrefix("::error title=inject::"), "\(outcome.log)")
        #expect(line.contains(message), "\(outcome.log)")
        #expect(line.components(separatedBy: "curl: (").count <= 2)
        #expect(try runner.folder.contents().allSatisfy { !$0.hasPrefix("tools/inject") })
        #expect(runner.paths.isEmpty)
    }

    @Test("a version that this commit does not know needs its checksum")
    func given() throws {
        try know("inject-9.9.9-linux-x86_64", "other")
        #expect(try install("good", ["version": "0.1.0"]).log.contains("does not know version 0.1.0"))
        let sum = try Self.sum(ReleaseServer.program)
        #expect(try install("good", ["version": "v0.1.0", "checksum": sum]).outputs["version"] == "0.1.0")
    }

    @Test("an architecture without a program is refused", arguments: ["X86", "ARM", "riscv64"])
    func architecture(name: String) throws {
        runner.environment["RUNNER_ARCH"] = name
        let outcome = try install()
        #expect(outcome.status == 1)
        #expect(
            outcome.log == "::error title=inject::there is no inject for the architecture \(name): it is built for "
                + "x86_64 and aarch64\n"
        )
    }

    @Test("each architecture has its own checksum")
    func otherArchitecture() throws {
        runner.environment["RUNNER_ARCH"] = "ARM64"
        #expect(try install().log.contains("does not know"))
        try know("inject-0.1.0-linux-aarch64")
        #expect(try install().outputs["program"] == runner.folder.path("tools/inject/0.1.0/arm64/inject"))
    }

    @Test("without an address, releases are those of the action's own repository, through the proxy")
    func ownRepository() throws {
        // Nobody listens there, so that no test asks the network.
        let outcome = try install("good", ["download-url": "", "http-proxy": "http://127.0.0.1:9"])
        let address = "https://github.com/acme/inject/releases/download/v0.1.0/inject-0.1.0-linux-x86_64"
        #expect(outcome.log.hasPrefix("inject: downloading \(address)\n::error title=inject::\(address) cannot be"))
        #expect(outcome.log.contains("127.0.0.1 port 9"))
    }

    @Test("a commit without releases says what to give")
    func nothing() throws {
        try "# none\n".write(toFile: runner.actionFolder("action/checksums.txt"), atomically: true, encoding: .utf8)
        #expect(
            try install().log
                == "::error title=inject::this commit of the action knows no release: give version and checksum, or program\n"
        )
    }

    // MARK: - A program that is there

    @Test("a program of a path is copied, and nothing is downloaded")
    func path() throws {
        try runner.folder.write("workspace/tools/my inject", ReleaseServer.program)
        let outcome = try install("missing", ["program": "tools/my inject"])
        #expect(outcome.status == 0, "\(outcome.log)")
        #expect(outcome.outputs["program"]?.hasPrefix(runner.folder.path("temp/inject-")) == true)
        let wrong = try install(
            "missing", ["program": "tools/my inject", "checksum": String(repeating: "a", count: 64)])
        #expect(wrong.status == 1 && wrong.log.contains("was expected"))
        #expect(try install("missing", ["program": "none"]).log == "::error title=inject::there is no program none\n")
    }

    @Test(
        "a program of a path is the version that is asked for",
        arguments: [
            ("0.1.0", ""), ("v0.1.0", ""), ("0.2.0", "inject 0.2.0 was expected"), ("0.1", "inject 0.1 was expected"),
        ])
    func pathVersion(version: String, problem: String) throws {
        try runner.folder.write("workspace/inject", ReleaseServer.program)
        let outcome = try install("missing", ["program": "inject", "version": version])
        let message = "/inject says that it is `inject 0.1.0`, and \(problem)\n"
        #expect(problem.isEmpty ? outcome.status == 0 : outcome.log.hasSuffix(message), "\(outcome.log)")
    }

    @Test(
        "a program that does not start, or is another, is refused",
        arguments: [
            (
                "#!/bin/sh\necho 'inject: error while loading shared libraries: libssl.so.3' >&2; exit 127\n",
                "does not start here: inject: error while loading shared libraries: libssl.so.3"
            ),
            ("#!/bin/sh\necho 'coreutils 9.1'\n", "says that it is `coreutils 9.1`"),
        ])
    func broken(program: String, message: String) throws {
        try runner.folder.write("workspace/inject", program)
        let outcome = try install("missing", ["program": "inject"])
        #expect(outcome.status == 1 && outcome.log.contains(message), "\(outcome.log)")
    }

    // MARK: - What earlier steps left

    @Test("nothing that an earlier step left for shells, loaders and programs is run")
    func poisoned() throws {
        let mark = runner.folder.path("pwned")
        let body = "touch '\(mark)'\n"
        for name in ["curl", "sha256sum", "sed", "env", "sh", "dirname", "mktemp", "cut", "tr", "uname", "chmod"] {
            try runner.folder.write("evil/\(name)", "#!/bin/sh\n" + body, mode: 0o755)
        }
        let startup = try runner.folder.write("evil/startup", body)
        try runner.folder.write("home/.curlrc", "insecure\noutput = \"\(mark)\"\n")
        runner.environment.merge([
            "PATH": runner.folder.path("evil") + ":/usr/bin:/bin", "BASH_ENV": startup, "ENV": startup,
            "LD_PRELOAD": "/nonexistent/evil.so", "CURL_HOME": runner.folder.path("home"), "IFS": "/",
            "BASH_FUNC_curl%%": "() { \(body) }", "BASH_FUNC_sed%%": "() { \(body) }",
            "BASH_FUNC_[%%": "() { \(body) }",
            "CDPATH": "/", "POSIXLY_CORRECT": "1", "TMPDIR": "/nonexistent",
        ]) { _, new in new }
        let outcome = try install()
        #expect(outcome.status == 0, "\(outcome.log)")
        #expect(!FileManager.default.fileExists(atPath: mark))
        #expect(!outcome.log.contains("evil"))
    }

    @Test("nor where sh is a bash, which takes functions from its environment")
    func functions() throws {
        let mark = runner.folder.path("pwned")
        let shell = runner.folder.path("sh")
        try FileManager.default.createSymbolicLink(atPath: shell, withDestinationPath: "/bin/bash")
        let script = runner.actionFolder("action/install.sh")
        let names = ["curl", "[", "printf", "set", "exec", "dirname", "cd", "sed", "sha256sum", "unset"]
        var variables = Dictionary(uniqueKeysWithValues: names.map { ("BASH_FUNC_\($0)%%", "() { touch '\(mark)'; }") })
        variables.merge(runner.environment) { $1 }
        variables["GITHUB_OUTPUT"] = try runner.folder.write("temp/output", "")
        variables["INPUT_PROGRAM"] = try runner.folder.write("workspace/inject", ReleaseServer.program)
        let result = try CommandRunner(executable: URL(fileURLWithPath: shell), in: runner.folder.url).run(
            ["-e", script], environment: variables)
        #expect(result.status == 0, "\(result)")
        #expect(!FileManager.default.fileExists(atPath: mark))
    }
}
