import Foundation
import InjectTesting
import Testing

@Suite("The report of a run")
struct RunReportTests {
    private let workplace: Workplace

    init() throws { workplace = try Workplace() }

    /// Runs with a report; returns its text with times replaced, or nil where there is none.
    private func report(_ arguments: String..., environment: [String: String] = [:]) throws -> (Int32, String?) {
        let path = workplace.folder.path("report.json")
        let result = try workplace.inject.run(["--report", path] + arguments, environment: environment)
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        return (result.status, text?.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "<time>"))
    }

    @Test("says what was granted, until when, what was masked, and how the command ended")
    func allowed() throws {
        let (status, text) = try report("-q", "--", "sh", "-c", "echo $DATABASE_URL; echo $DATABASE_URL >&2; exit 3")
        #expect(status == 3)
        #expect(
            text == """
                {"version":1,"decision":"allow","policy":"inject.yaml","environment":"dev","grants":["everyone-locally"],\
                "secrets":["DATABASE_URL","TLS_KEY"],"expires_at":"<time>","masked":2,"exit_code":3,"error":null}

                """
        )
    }

    @Test("names only the secrets that were asked for, and no value")
    func selected() throws {
        let (status, text) = try report("--only", "TLS_KEY", "-q", "--", "true")
        #expect(status == 0)
        #expect(text?.contains(#""secrets":["TLS_KEY"]"#) == true)
        #expect(text?.contains("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC") == false)
    }

    @Test("is there before the command is, without an exit code")
    func early() throws {
        let script = "cat report.json"
        let result = try workplace.run("--report", "report.json", "-q", "--", "sh", "-c", script)
        #expect(result.output.contains(#""decision":"allow""#) && result.output.contains(#""exit_code":null"#))
    }

    @Test("stays without an exit code where inject became the command")
    func replaced() throws {
        let (status, text) = try report("--replace", "--no-masking", "--only", "DATABASE_URL", "--", "true")
        #expect(status == 0)
        #expect(text?.contains(#""exit_code":null"#) == true)
    }

    @Test(
        "tells a refusal from a failure",
        arguments: [
            (["--only", "API_KEY", "-e", "prod", "--claim", "event_name=local"], "deny", #""prod""#, "secret-denied"),
            (["--claim", "event_name=schedule", "-e", "dev"], "deny", #""dev""#, "nothing-granted"),
            (
                ["--claim", "event_name=push", "--claim", "ref=refs/heads/main", "-e", "prod"], "deny", #""prod""#,
                "local-token-not-honoured"
            ),
            (["--only", "NOTHING", "-e", "dev"], "error", #""dev""#, "secret-unknown"),
            (["-e", "nowhere"], "error", "null", "environment-unknown"),
        ])
    func refused(arguments: [String], decision: String, environment: String, error: String) throws {
        let path = workplace.folder.path("report.json")
        let result = try workplace.inject.run(["--report", path] + arguments + ["--", "true"])
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(result.status == 125)
        #expect(text.contains(#""decision":"\#(decision)""#), "\(text)")
        #expect(text.contains(#""environment":\#(environment)"#), "\(text)")
        #expect(text.hasSuffix(#""exit_code":125,"error":"\#(error)"}"# + "\n"), "\(text)")
    }

    @Test("a command that is not there has its own exit code in it")
    func missingCommand() throws {
        let (status, text) = try report("-q", "--", "no-such-command-here")
        #expect(status == 127)
        #expect(text?.contains(#""decision":"allow""#) == true && text?.contains(#""exit_code":127"#) == true)
    }

    @Test("a plan has one, too")
    func dryRun() throws {
        let (status, text) = try report("--dry-run")
        #expect(status == 0)
        #expect(text?.contains(#""secrets":["DATABASE_URL","TLS_KEY"]"#) == true)
        let (_, one) = try report("--dry-run", "--only", "TLS_KEY")
        #expect(one?.contains(#""secrets":["TLS_KEY"]"#) == true)
    }

    @Test(
        "that cannot be written keeps the command from running, and devices stay what they are",
        arguments: [("missing/report.json", "no such file or directory"), ("/dev/null", "it is no regular file")])
    func unwritable(path: String, reason: String) throws {
        let result = try workplace.run("--report", path, "-q", "--", "touch", "ran")
        #expect(result.status == 125)
        #expect(
            result.error == "inject: error[report-unwritable]: the report cannot be written to `\(path)`: \(reason)\n")
        #expect(try !workplace.folder.contents().contains("ran"))
        var info = stat()
        #expect(stat("/dev/null", &info) == 0 && info.st_mode & S_IFMT == S_IFCHR)
    }

    @Test("that can no longer be written after a success fails the run")
    func vanished() throws {
        try workplace.folder.write("sub/x", "")
        let result = try workplace.run("--report", "sub/report.json", "-q", "--", "rm", "-r", "sub")
        #expect(result.status == 125)
        #expect(result.error.contains("error[report-unwritable]"))
    }

    // MARK: - Outputs of a step

    @Test("the outputs of a GitHub step follow what the command set, also where its last line is open")
    func outputs() throws {
        let path = workplace.folder.path("outputs")
        let script = "printf own=1 >>\"$GITHUB_OUTPUT\"; echo $DATABASE_URL"
        let result = try workplace.inject.run(
            ["--github-output", "-q", "--", "sh", "-c", script], environment: ["GITHUB_OUTPUT": path])
        #expect(result.status == 0)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(
            text.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "<time>") == """
                own=1
                decision=allow
                environment=dev
                grant=everyone-locally
                secret-names=["DATABASE_URL","TLS_KEY"]
                expires-at=<time>
                masked-count=1

                """
        )
    }

    @Test("a refusal sets them as well, and without the switch nothing does")
    func refusedOutputs() throws {
        let path = workplace.folder.path("outputs")
        let arguments = ["--only", "API_KEY", "-e", "prod", "--claim", "event_name=local", "--", "true"]
        #expect(try workplace.inject.run(arguments, environment: ["GITHUB_OUTPUT": path]).status == 125)
        #expect(!FileManager.default.fileExists(atPath: path))
        let variables = ["GITHUB_OUTPUT": path, "INJECT_GITHUB_OUTPUT": "true"]
        #expect(try workplace.inject.run(arguments, environment: variables).status == 125)
        #expect(
            try String(contentsOfFile: path, encoding: .utf8)
                == "decision=deny\nenvironment=prod\ngrant=\nsecret-names=[]\nexpires-at=\nmasked-count=0\n"
        )
    }

    @Test("outputs that cannot be set are a warning")
    func unwritableOutputs() throws {
        let result = try workplace.run(
            "--github-output", "-q", "--", "true", environment: ["GITHUB_OUTPUT": workplace.folder.url.path])
        #expect(result.status == 0)
        #expect(
            result.error == "inject: warning[outputs-unwritable]: the step's outputs cannot be set: Is a directory\n")
    }
}
