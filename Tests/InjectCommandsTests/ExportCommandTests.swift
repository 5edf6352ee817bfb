import Foundation
import InjectTesting
import Testing

@Suite("inject export")
struct ExportCommandTests {
    private let workplace: Workplace

    init() throws { workplace = try Workplace() }

    private func export(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandResult {
        let variables = [
            "GITHUB_ENV": workplace.folder.path("env"), "GITHUB_OUTPUT": workplace.folder.path("outputs"),
        ]
        return try workplace.inject.run(
            ["export"] + arguments, environment: variables.merging(environment) { _, new in new })
    }

    /// What GitHub's runner would set, by its grammar: `NAME<<DELIMITER`, lines, the delimiter.
    private func variables() throws -> [String: String] {
        let text = try String(contentsOfFile: workplace.folder.path("env"), encoding: .utf8)
        var (result, lines): ([String: String], Substring) = ([:], text[...])
        while let start = lines.firstRange(of: "<<") {
            let name = String(lines[..<start.lowerBound])
            let rest = lines[start.upperBound...]
            let delimiter = rest.prefix { $0 != "\n" }
            let body = rest.dropFirst(delimiter.count + 1)
            let end = try #require(body.firstRange(of: "\n\(delimiter)\n"))
            result[name] = String(body[..<end.lowerBound])
            lines = body[end.upperBound...]
        }
        return result
    }

    @Test("sets a variable of later steps, says so, and names it in the step's outputs")
    func one() throws {
        let result = try export("--only", "DATABASE_URL")
        #expect(
            result
                == CommandResult(
                    status: 0,
                    error: """
                        inject: warning[secrets-exported]: all later steps of this job can read DATABASE_URL
                          = help: hand them to one command where you can: inject -- COMMAND

                        """
                )
        )
        #expect(try variables() == ["DATABASE_URL": "postgres://shop:hunter2-hunter2@db/shop"])
        let outputs = try String(contentsOfFile: workplace.folder.path("outputs"), encoding: .utf8)
        #expect(outputs.hasPrefix("variables=[\"DATABASE_URL\"]\ndecision=allow\n"))
        #expect(!outputs.contains("hunter2"))
    }

    @Test("what another program wrote without an end of its line stays what it was")
    func openLines() throws {
        try workplace.folder.write("env", "OWN=1")
        try workplace.folder.write("outputs", "own=2")
        #expect(try export("--only", "DATABASE_URL").status == 0)
        let text = try String(contentsOfFile: workplace.folder.path("env"), encoding: .utf8)
        #expect(text.hasPrefix("OWN=1\nDATABASE_URL<<inject_"))
        let outputs = try String(contentsOfFile: workplace.folder.path("outputs"), encoding: .utf8)
        #expect(outputs.hasPrefix("own=2\nvariables=[\"DATABASE_URL\"]\ndecision=allow\n"))
    }

    @Test("a report that cannot be written keeps secrets from later steps")
    func unwritableReport() throws {
        let result = try export("--only", "DATABASE_URL", "--report", "missing/report.json")
        #expect(
            result
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[report-unwritable]: the report cannot be written to `missing/report.json`: no such file or directory

                        """
                )
        )
        #expect(try !workplace.folder.contents().contains("env"))
    }

    @Test("a value cannot set variables of its own, whatever its lines are")
    func lines() throws {
        let value = "one\nPATH=/evil\nX<<EOF\ninject_0\n\n"
        try workplace.folder.write(".env.local", "DATABASE_URL='\(value)'\nTLS_KEY=x\n")
        #expect(try export("--only", "DATABASE_URL").status == 0)
        #expect(try variables() == ["DATABASE_URL": value])
    }

    @Test("the runner is told to mask values before they are set")
    func masks() throws {
        let token = try workplace.token([(name: "event_name", value: "push")])
        let file = try workplace.folder.write("token", token)
        let arguments = ["export", "--only", "DATABASE_URL", "-e", "dev", "--oidc-token-file", file]
        let variables = ["GITHUB_ACTIONS": "true", "GITHUB_ENV": workplace.folder.path("env")]
        let masks = "::add-mask::postgres://shop:hunter2-hunter2@db/shop\n::add-mask::\(token)\n"
        let warning = "::warning title=secrets-exported::all later steps"
        let result = try workplace.step(arguments, environment: variables)
        #expect(result.output == masks)
        #expect(result.error.hasPrefix(warning))
        let beside = try workplace.inject.run(arguments, environment: variables)
        #expect(beside.output == "")
        #expect(beside.error.hasPrefix(masks + warning))
    }

    @Test("masks that do not get out keep secrets from later steps")
    func unwritableMasks() throws {
        let token = try workplace.token([(name: "event_name", value: "push")])
        try workplace.folder.write("token", token)
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"), in: workplace.folder.url,
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home"), "GITHUB_ACTIONS": "true",
                "GITHUB_ENV": workplace.folder.path("env"),
            ])
        let arguments = "export --only DATABASE_URL -e dev --oidc-token-file token"
        let result = try shell.run(["-c", "\"$0\" \(arguments) >/dev/full 2>&1", workplace.inject.path])
        #expect(result == CommandResult(status: 2))
        #expect(try !workplace.folder.contents().contains("env"))
    }

    @Test(
        "what cannot be handed on is refused, and nothing is set",
        arguments: [
            (["--only", "TLS_KEY"], [:], "export-of-file"),
            ([], [:], "export-of-file"),
            (["--only", "DATABASE_URL"], ["DATABASE_URL": "mine"], "environment-collision"),
            (["--only", "API_KEY"], [:], "secret-unknown"),
            (["--only", ""], [:], "usage"),
            (["--only", "DATABASE_URL"], ["GITHUB_ENV": ""], "export-outside-actions"),
            (["--only", "DATABASE_URL"], ["GITHUB_ENV": "/"], "variables-unwritable"),
        ] as [([String], [String: String], String)])
    func refused(arguments: [String], environment: [String: String], id: String) throws {
        let result = try workplace.inject.run(
            ["export"] + arguments,
            environment: ["GITHUB_ENV": workplace.folder.path("env")].merging(environment) { _, new in new })
        #expect(result.status == 2)
        #expect(result.error.contains("error[\(id)]"), "\(result.error)")
        #expect(try !workplace.folder.contents().contains("env"))
    }
}
