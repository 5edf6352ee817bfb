import Foundation
import InjectTesting
import Testing

@Suite("inject secrets")
struct SecretsCommandTests {
    private let workplace: Workplace
    private let recipient: String
    private let variables: [String: String]

    static let policy = """
        version: "1"
        repository: acme/shop
        environments:
          dev:
            local: "true"
            secrets:
              API_KEY: { from: "encrypted:secrets.yaml#API_KEY" }
              URL: { from: "encrypted:secrets.yaml#database.url" }
            grants:
              - { id: locally, when: { event_name: local }, read: [API_KEY, URL] }

        """

    init() throws {
        workplace = try Workplace(policy: Self.policy)
        let age = CommandRunner(
            executable: URL(fileURLWithPath: "/usr/bin/age-keygen"),
            in: workplace.folder.url,
            environment: ["PATH": "/usr/bin"]
        )
        _ = try age.run(["-o", "keys.txt"])
        let keys = try String(contentsOfFile: workplace.folder.path("keys.txt"), encoding: .utf8)
        recipient = try #require(keys.firstMatch(of: /public key: (age1\S+)/)).1.description
        variables = ["SOPS_AGE_KEY_FILE": workplace.folder.path("keys.txt")]
    }

    @discardableResult
    private func inject(_ arguments: String..., input: String = "", variables: [String: String]? = nil) throws
        -> CommandResult
    {
        let result = try workplace.inject.run(
            ["secrets"] + arguments,
            environment: variables ?? self.variables,
            input: Array(input.utf8)
        )
        return CommandResult(
            status: result.status,
            output: result.output,
            error: result.error.replacing(recipient, with: "<recipient>")
        )
    }

    private func contents(_ name: String) throws -> String {
        try String(contentsOfFile: workplace.folder.path(name), encoding: .utf8)
    }

    @Test("a value that is set is listed, read and removed", arguments: ["yaml", "json", "env"])
    func life(format: String) throws {
        let file = "secrets.\(format)"
        let quiet = CommandResult(status: 0, output: "", error: "")
        #expect(
            try inject("set", "API_KEY", "--file", file, "--recipient", recipient, input: "sk_live_4242\n") == quiet)
        #expect(try inject("set", "LINES", "--file", file, input: "a\nb\n") == quiet)
        #expect(try !contents(file).contains("sk_live"))
        #expect(try inject("list", "--file", file).output == "API_KEY\nLINES\n")
        #expect(try inject("list", "--recipients", "--file", file).output == "\(recipient)\n")
        #expect(try inject("get", "API_KEY", "--file", file).output == "sk_live_4242")
        #expect(try inject("get", "LINES", "--file", file).output == "a\nb\n")
        #expect(try inject("rm", "LINES", "--file", file) == quiet)
        #expect(try inject("list", "--file", file).output == "API_KEY\n")
        let mode = try FileManager.default.attributesOfItem(atPath: workplace.folder.path(file))[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test("a policy reads it, and the log does not show it")
    func run() throws {
        try inject("set", "API_KEY", "--file", "secrets.yaml", "--recipient", recipient, input: "sk_live_4242")
        // A map is made by hand or by sops; here it stands in the file before a value is set in it.
        try inject("set", "URL", "--file", "secrets.yaml", input: "postgres://h2")
        let nested = try contents("inject.yaml").replacing("#database.url", with: "#URL")
        try workplace.folder.write("inject.yaml", nested)
        let result = try workplace.run("--", "sh", "-c", "echo $API_KEY $URL", environment: variables)
        #expect(result.status == 0 && result.output == "*** ***\n", "\(result.error)")
    }

    @Test("keys that open it are not the command's, and those that nothing was opened with are")
    func keysAreKept() throws {
        try inject("set", "API_KEY", "--file", "secrets.yaml", "--recipient", recipient, input: "sk_live_4242")
        let environment = ["SOPS_AGE_KEY": try contents("keys.txt")]
        let script = #"echo "${SOPS_AGE_KEY:+here}" >seen"#
        let opened = try workplace.run("--only", "API_KEY", "--", "sh", "-c", script, environment: environment)
        #expect(opened == CommandResult(status: 0))
        #expect(try contents("seen") == "\n")
        let other = try Workplace().run(
            "-q", "--", "sh", "-c", #"echo "${SOPS_AGE_KEY:+here}""#, environment: environment)
        #expect(other == CommandResult(status: 0, output: "here\n"))
    }

    @Test("who left loses access to what comes later, and no value is lost")
    func rekey() throws {
        try inject("set", "API_KEY", "--file", "secrets.yaml", "--recipient", recipient, input: "sk_live_4242")
        let before = try contents("secrets.yaml")
        let other = try SecretsCommandTests()
        let rekeyed = try inject("rekey", "--file", "secrets.yaml", "--recipient", other.recipient)
        #expect(rekeyed == CommandResult(status: 0, output: "", error: ""))
        #expect(try contents("secrets.yaml") != before)
        #expect(
            try inject("get", "API_KEY", "--file", "secrets.yaml", variables: other.variables).output == "sk_live_4242")
        let refused = try inject("get", "API_KEY", "--file", "secrets.yaml")
        #expect(refused.status == 2 && refused.output == "")
        #expect(
            refused.error.replacing(other.recipient, with: "<other>") == """
                error[encrypted-file-locked]: nobody here can decrypt `secrets.yaml`
                  --> secrets.yaml
                  = note: it is encrypted for <other>
                  = help: name the file of your age identity in `SOPS_AGE_KEY_FILE`, or get AWS credentials for its key

                """
        )
    }

    @Test("identities of the variable and of the file that a variable names are both used")
    func bothIdentities() throws {
        let other = try SecretsCommandTests()
        try inject("set", "API_KEY", "--file", "secrets.env", "--recipient", recipient, input: "sk_live_4242")
        let keys = try other.contents("keys.txt")
        let both = ["SOPS_AGE_KEY": keys].merging(variables) { $1 }
        #expect(try inject("get", "API_KEY", "--file", "secrets.env", variables: both).output == "sk_live_4242")
        let wrong = try inject("get", "API_KEY", "--file", "secrets.env", variables: ["SOPS_AGE_KEY": keys])
        #expect(wrong.status == 2 && wrong.error.hasPrefix("error[encrypted-file-locked]"), "\(wrong.error)")
    }

    @Test("no name of a file steers the terminal")
    func names() throws {
        try workplace.folder.write(
            "secrets.json", #"{"a\u001b[31mb\nc\u202e":"x","ünï":"y","sops":{"mac":"x","lastmodified":"y"}}"#)
        let mark = "\u{FFFD}"
        #expect(try inject("list", "--file", "secrets.json").output == "a\(mark)[31mb\(mark)c\(mark)\nünï\n")
    }

    @Test("two who write at the same time lose nothing")
    func concurrent() async throws {
        try inject("set", "START", "--file", "secrets.env", "--recipient", recipient, input: "start")
        let names = (0..<12).map { "NAME_\($0)" }
        try await withThrowingTaskGroup(of: Int32.self) { group in
            for name in names {
                group.addTask { try inject("set", name, "--file", "secrets.env", input: name + "-value").status }
            }
            for try await status in group { #expect(status == 0) }
        }
        for name in names { #expect(try inject("get", name, "--file", "secrets.env").output == name + "-value") }
    }

    @Test("a file that was changed by others is refused and stays as it is, whatever is to be done")
    func damaged() throws {
        try inject("set", "API_KEY", "--file", "secrets.env", "--recipient", recipient, input: "sk_live_4242")
        try inject("set", "OTHER", "--file", "secrets.env", input: "another value")
        let lines = try contents("secrets.env").split(separator: "\n")
        let values = lines.prefix(2).map { $0.split(separator: "=", maxSplits: 1)[1] }
        let swapped =
            (["API_KEY=\(values[1])", "OTHER=\(values[0])"] + lines.dropFirst(2).map(String.init))
            .joined(separator: "\n") + "\n"
        let removed = lines.dropFirst().joined(separator: "\n") + "\n"
        for (text, message) in [
            (swapped, "`API_KEY` of `secrets.env` was changed, or comes from another place or file"),
            (removed, "`secrets.env` was changed after it was written: its MAC does not fit"),
            (String(swapped.prefix(200)), "`secrets.env` has no `sops` part, so it is not encrypted"),
        ] {
            try workplace.folder.write("secrets.env", text)
            for arguments in [["get", "OTHER"], ["set", "OTHER"], ["rm", "OTHER"], ["rekey"]] {
                let result = try workplace.inject.run(
                    ["secrets"] + arguments + ["--file", "secrets.env"], environment: variables,
                    input: Array("new".utf8))
                #expect(result.status == 2 && result.output == "")
                #expect(result.error.hasPrefix("error[encrypted-file-refused]: \(message)\n"))
                #expect(try contents("secrets.env") == text)
            }
        }
    }

    @Test(
        "what cannot be done is said with what to do",
        arguments: [
            (
                ["set", "X", "--file", "new.yaml"], "",
                """
                inject: error[usage]: `new.yaml` is not there, and nobody is named to encrypt it for
                  = help: add `--recipient age1…` or `--recipient arn:aws:kms:…`

                """
            ),
            (
                ["set", "X", "--file", "new.txt", "--recipient", "age1x"], "",
                """
                inject: error[usage]: `new.txt` does not say what it is
                  = help: call it `.yaml`, `.json` or `.env`

                """
            ),
            (
                ["set", "X", "--file", "new.yaml", "--recipient", "age1x"], "",
                """
                inject: error[usage]: `age1x` is no recipient
                  = help: name an age recipient (`age1…`, printed by age-keygen) or the ARN of a KMS key

                """
            ),
            (
                ["set", "X", "--file", "inject.yaml", "--recipient", "age1x"], "",
                """
                error[encrypted-file-refused]: `inject.yaml` has no `sops` part, so it is not encrypted
                  --> inject.yaml
                  = help: encrypt it with `sops`, or name a file that is not there: inject secrets set makes it

                """
            ),
            (
                ["get", "X", "--file", "nowhere.yaml"], "",
                """
                inject: error[encrypted-file-refused]: there is no file `nowhere.yaml`
                  = help: make it: inject secrets set NAME --file nowhere.yaml --recipient age1…

                """
            ),
            (
                ["get", "API_KY", "--file", "secrets.yaml"], "",
                """
                inject: error[encrypted-name-refused]: `secrets.yaml` has no value `API_KY`
                  = help: did you mean `API_KEY`?

                """
            ),
            (
                ["set", "a b", "--file", "secrets.yaml"], "x",
                """
                inject: error[encrypted-name-refused]: this name cannot be used in `secrets.yaml`: use letters, digits and `_`

                """
            ),
            (
                ["set", "X", "--file", "secrets.yaml", "--recipient", "age1x"], "x",
                """
                inject: error[usage]: `secrets.yaml` has its recipients already
                  = help: change them: inject secrets rekey --file secrets.yaml --recipient …

                """
            ),
        ]
    )
    func refusals(arguments: [String], input: String, error: String) throws {
        try inject("set", "API_KEY", "--file", "secrets.yaml", "--recipient", recipient, input: "sk_live_4242")
        let before = try contents("secrets.yaml")
        let result = try workplace.inject.run(["secrets"] + arguments, environment: variables, input: Array(input.utf8))
        #expect(result.status == 2 && result.output == "" && result.error == error)
        #expect(try contents("secrets.yaml") == before)
    }

    @Test("killed at any system call, the file is the old one or the new one, and the next run goes on")
    func killed() throws {
        try inject("set", "API_KEY", "--file", "secrets.json", "--recipient", recipient, input: "old")
        let before = try contents("secrets.json")
        let strace = CommandRunner(
            executable: URL(fileURLWithPath: "/usr/bin/strace"),
            in: workplace.folder.url,
            environment: variables.merging(["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]) { $1 }
        )
        var outcomes: Set<String> = []
        var isOver = false
        for call in ["flock", "openat", "write", "fchmod", "fsync", "rename", "close"] {
            var number = 0
            repeat {
                number += 1
                try workplace.folder.write("secrets.json", before)
                let result = try strace.run(
                    [
                        "-f", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
                        "inject=\(call):signal=KILL:when=\(number)", workplace.inject.path, "secrets", "set",
                        "API_KEY", "--file", "secrets.json",
                    ],
                    input: Array("new".utf8)
                )
                let value = try inject("get", "API_KEY", "--file", "secrets.json").output
                outcomes.insert(value)
                isOver = result.status == 0
                #expect(isOver || result.status == 128 + SIGKILL)
                if value == "old" { #expect(try contents("secrets.json") == before) }
            } while !isOver && number < 200
            #expect(isOver, "\(call)")
        }
        #expect(outcomes == ["old", "new"])
        #expect(try inject("set", "API_KEY", "--file", "secrets.json", input: "last").status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: workplace.folder.url.path)
        #expect(!names.contains { $0.contains(".inject") && $0.hasPrefix(".secrets") })
    }

    @Test("a value typed at the terminal is not shown, and one is shown there only on request")
    func terminal() throws {
        let python = CommandRunner(
            executable: try Python.program("python"),
            in: workplace.folder.url,
            environment: variables.merging([
                "PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home"), "LC_ALL": "C.UTF-8",
            ]) { $1 }
        )
        func run(_ typed: String, _ arguments: String...) throws -> String {
            let program = ["-c", TerminalPromptTests.terminal, typed, "value of", workplace.inject.path, "secrets"]
            return try python.run(program + arguments).output
        }
        let file = ["--file", "secrets.yaml"]
        let shown = try run("hunter\\xfc\\x7f2\\n", "set", "API_KEY", file[0], file[1], "--recipient", recipient)
        #expect(shown == "inject: value of API_KEY: \n0\n")
        #expect(try inject("get", "API_KEY", "--file", "secrets.yaml").output == "hunter2")
        let refused = try run("", "get", "API_KEY", file[0], file[1])
        #expect(
            refused == """
                inject: error[secret-to-terminal]: the value would be shown on the terminal
                  = help: redirect it, or pass `--reveal`
                2

                """
        )
        #expect(try run("", "get", "API_KEY", "--reveal", file[0], file[1]) == "hunter20\n")
    }
}
