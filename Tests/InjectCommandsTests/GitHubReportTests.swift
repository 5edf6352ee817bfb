import Foundation
import InjectTesting
import Testing

@Suite("What GitHub is told")
struct GitHubReportTests {
    private let workplace: Workplace
    private let token: String

    init() throws {
        workplace = try Workplace(
            dotenv: "DATABASE_URL=a%b,c:value\nTLS_KEY='{\n  \"key\": \"long enough\",\n  \"n\": 1\n}'\n")
        token = try workplace.token([(name: "event_name", value: "push")])
    }

    private func run(_ arguments: String..., summary: String? = nil) throws -> CommandResult {
        let result = try workplace.step(
            ["-e", "dev", "--oidc-token-file", "-"] + arguments,
            environment: summary.map { ["GITHUB_STEP_SUMMARY": $0] } ?? [:],
            input: token
        )
        let output = result.output.replacing("::add-mask::\(token)\n", with: "")
        return CommandResult(status: result.status, output: output, error: result.error)
    }

    @Test("masks come first, `%` is escaped, and no line under the minimum is among them")
    func masks() throws {
        let result = try run("-q", "--", "echo", "started")
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: "::add-mask::a%25b,c:value\n::add-mask::\"key\": \"long enough\",\nstarted\n"
                )
        )
    }

    @Test("where the output goes to a file, or nowhere, masks go to standard error", arguments: [">file", ">&-"])
    func masksBesideFile(redirection: String) throws {
        try workplace.folder.write("token", token)
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"), in: workplace.folder.url,
            environment: ["PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home"), "GITHUB_ACTIONS": "true"])
        let result = try shell.run([
            "-c", "\"$0\" -e dev --oidc-token-file token -q --only DATABASE_URL -- echo kind: Secret \(redirection)",
            workplace.inject.path,
        ])
        #expect(result.output == "")
        #expect(result.error.hasPrefix("::add-mask::a%25b,c:value\n::add-mask::\(token)\n"), "\(result.error)")
        guard redirection == ">file" else { return }
        #expect(try String(contentsOfFile: workplace.folder.path("file"), encoding: .utf8) == "kind: Secret\n")
    }

    @Test("what was masked is an annotation for each secret, and a table in the job's summary")
    func leaks() throws {
        let summary = try workplace.folder.write("summary.md", "# Mine")
        let result = try run(
            "--", "sh", "-c", "echo $DATABASE_URL; echo $DATABASE_URL | base64 >&2", summary: summary)
        #expect(result.status == 0)
        // What follows the value's own bytes in the last group of base64 stays.
        #expect(result.error.hasPrefix("***"))
        #expect(
            result.error.drop { $0 != "\n" } == """

                ::warning title=secret-masked::DATABASE_URL was printed once on stdout, first in line 1, as literal%0A\
                help: keep the command from printing it
                ::warning title=secret-masked::DATABASE_URL was printed once on stderr, first in line 1, as base64%0A\
                help: keep the command from printing it

                """
        )
        #expect(
            try String(contentsOfFile: summary, encoding: .utf8) == """
                # Mine
                ### Secrets masked by inject

                | secret | stream | times | first line | form |
                |---|---|---|---|---|
                | DATABASE_URL | stdout | 1 | 1 | literal |
                | DATABASE_URL | stderr | 1 | 1 | base64 |


                """
        )
    }

    @Test("a clean run, or a quiet one, writes no summary")
    func quiet() throws {
        let summary = workplace.folder.path("summary.md")
        #expect(try run("--", "true", summary: summary).error == "")
        #expect(try run("-q", "--", "sh", "-c", "echo $DATABASE_URL", summary: summary).error == "")
        #expect(!FileManager.default.fileExists(atPath: summary))
    }

    @Test(
        "a summary that cannot be written is a warning, and nothing of the job",
        arguments: [
            ("folder/", "Is a directory"), ("pipe", "it is no regular file"),
            ("link", "Too many levels of symbolic links"),
            ("full", "it is full"),
        ]
    )
    func unwritable(name: String, reason: String) throws {
        try workplace.folder.write("folder/x", "")
        try workplace.folder.write("full", String(repeating: "x", count: 1 << 20))
        let path = workplace.folder.path(name)
        switch name {
        case "pipe": #expect(mkfifo(path, 0o600) == 0)
        case "link": #expect(symlink("full", path) == 0)
        default: break
        }
        // A reader, without which a pipe cannot be opened for writing.
        let reader = name == "pipe" ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1
        defer { if reader >= 0 { close(reader) } }
        let result = try run("--", "sh", "-c", "echo $DATABASE_URL", summary: path)
        #expect(result.status == 0)
        let warning = "inject: warning[summary-unwritable]: the job's summary cannot be written: \(reason)\n"
        #expect(result.error.hasSuffix(warning), "\(result.error)")
    }

    @Test("a leak that fails the job is an error of GitHub's, too")
    func failing() throws {
        let result = try run("--fail-on-leak", "-q", "--", "sh", "-c", "echo $DATABASE_URL")
        #expect(result.status == 1)
        #expect(
            result.error == """
                ::error title=secret-leaked::the command succeeded, but it printed secrets, and `--fail-on-leak` is on%0A\
                help: keep the command from printing what is listed above

                """
        )
    }

    @Test("more secrets than GitHub shows are counted in the last annotation and named in the log")
    func many() throws {
        let names = (0..<12).map { "SECRET_\($0)" }
        let policy = """
            version: "1"
            repository: acme/shop
            environments:
              dev:
                local: "true"
                secrets:
            \(names.map { "      \($0): { from: \"dotenv:.env.local\" }" }.joined(separator: "\n"))
                grants:
                  - { id: all, when: { event_name: push }, read: [\(names.joined(separator: ", "))] }

            """
        try workplace.folder.write("inject.yaml", policy)
        try workplace.folder.write(".env.local", names.map { "\($0)=value-of-\($0)\n" }.joined())
        let result = try run("--", "sh", "-c", names.map { "echo $\($0)" }.joined(separator: ";"))
        let lines = result.error.split(separator: "\n").map(String.init)
        #expect(lines.count == 13)
        #expect(lines.prefix(10).allSatisfy { $0.hasPrefix("::warning title=secret-masked::") })
        #expect(lines[9].contains("3 more secrets were printed; the log names them"))
        #expect(lines[10] == "inject: masked SECRET_9 once on stdout, first in line 10, as literal")
    }

    @Test("a command's own workflow commands reach the runner, or but for masks are text where that is asked for")
    func workflowCommands() throws {
        let script =
            "printf '::add-mask::x\n  ::stop-commands::%s\nerr ##[error]y\n' $DATABASE_URL; echo ::debug::z >&2"
        let obeyed = try run("-q", "--only", "DATABASE_URL", "--", "sh", "-c", script)
        let masks = "::add-mask::a%25b,c:value\n"
        #expect(
            obeyed
                == CommandResult(
                    status: 0, output: masks + "::add-mask::x\n  ::stop-commands::***\nerr ##[error]y\n",
                    error: "::debug::z\n")
        )
        let text = try run("-q", "--only", "DATABASE_URL", "--no-workflow-commands", "--", "sh", "-c", script)
        #expect(
            text
                == CommandResult(
                    status: 0, output: masks + "::add-mask::x\n  : :stop-commands::***\nerr ## [error]y\n",
                    error: ": :debug::z\n")
        )
    }

    @Test(
        "a workflow command in two pieces is text as well, where both streams are one",
        arguments: [(":", ":debug::x"), ("##", "[error]x")], ["", " | cat"]
    )
    func splitWorkflowCommands(pieces: (String, String), reader: String) throws {
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"), in: workplace.folder.url,
            environment: ["PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home")])
        let script = "printf '\(pieces.0)'; printf '\(pieces.1)' >&2"
        let result = try shell.run([
            "-c", "\"$0\" -e dev -q --no-workflow-commands --only DATABASE_URL -- sh -c \"$1\" 2>&1\(reader)",
            workplace.inject.path, script,
        ])
        #expect(result == CommandResult(status: 0, output: "\(pieces.0) \(pieces.1)"))
    }

    @Test("without masking the runner's own masks stay")
    func runnerMasks() throws {
        let result = try run("--no-masking", "--only", "DATABASE_URL", "--", "sh", "-c", "echo $DATABASE_URL")
        #expect(result == CommandResult(status: 0, output: "::add-mask::a%25b,c:value\na%b,c:value\n"))
    }
}
