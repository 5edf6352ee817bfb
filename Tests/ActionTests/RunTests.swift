import Foundation
import InjectTesting
import Testing

@Suite("The action")
struct RunTests {
    private let runner: FakeRunner
    private let program: String

    private static let policy = """
        version: "1"
        repository: acme/shop
        repository_id: "456789"
        environments:
          dev:
            local: "true"
            secrets:
              DATABASE_URL: { from: "dotenv:.env.local" }
              API_KEY: { from: "dotenv:.env.local" }
            grants:
              - id: everyone
                when: { event_name: [push, pull_request] }
                read: [DATABASE_URL, API_KEY]

        """

    init() throws {
        runner = try FakeRunner()
        try runner.folder.write("workspace/inject.yaml", Self.policy)
        try runner.folder.write(
            "workspace/.env.local", "DATABASE_URL=postgres://shop:hunter2@db\nAPI_KEY=k3y-k3y-k3y\n")
        let inject = try CommandRunner(
            product: "inject", in: runner.folder, environment: ["HOME": runner.folder.path("home")])
        let claims = ["repository=acme/shop", "repository_id=456789", "event_name=push", "ref=refs/heads/main"]
        let token = try inject.run(["token", "fake"] + claims.flatMap { ["--claim", $0] }).output
        runner.environment["INJECT_OIDC_TOKEN_FILE"] = try runner.folder.write("token", token)
        program = inject.path
    }

    private func act(_ inputs: [String: String]) throws -> FakeRunner.Outcome {
        let own = ["program": program, "environment": "dev"]
        return try runner.run("action", own.merging(inputs) { _, new in new })
    }

    @Test("runs a script with its secrets, masks them, and says what was decided")
    func script() throws {
        let outcome = try act(["run": "echo \"url: $DATABASE_URL\"\ntest \"$API_KEY\" = k3y-k3y-k3y && echo fine"])
        #expect(outcome.status == 0, "\(outcome.log)")
        #expect(outcome.log.contains("url: ***\nfine\n"))
        #expect(outcome.log.contains("::add-mask::postgres://shop:hunter2@db\n"))
        #expect(outcome.summary.contains("| DATABASE_URL | stdout | 1 | 1 | literal |"))
        var outputs = outcome.outputs
        #expect(outputs.removeValue(forKey: "program")?.hasPrefix(runner.folder.path("temp/inject-")) == true)
        #expect(outputs.removeValue(forKey: "expires-at")?.contains(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) == true)
        let report = outputs.removeValue(forKey: "audit-file")
        #expect(try String(contentsOfFile: report ?? "", encoding: .utf8).contains(#""decision":"allow""#))
        #expect(
            outputs == [
                "decision": "allow", "environment": "dev", "grant": "everyone",
                "secret-names": #"["DATABASE_URL","API_KEY"]"#, "masked-count": "1", "version": "0.1.0",
            ])
    }

    @Test("the script is the shell's text, whatever is in it", arguments: ["bash", "sh"])
    func quoting(shell: String) throws {
        let script = #"printf '%s|' "it's" 'a "quoted" $HOME' '\n' `echo tick` '*'"# + "\nprintf '%s\\n' 'two\nlines'"
        let outcome = try act(["run": script, "shell": shell])
        #expect(outcome.status == 0, "\(outcome.log)")
        #expect(outcome.log.contains(#"it's|a "quoted" $HOME|\n|tick|*|two"# + "\nlines\n"), "\(outcome.log)")
    }

    @Test(
        "a line that fails ends the script, and its code is the step's",
        arguments: [("bash", "false | cat\necho later", 1), ("sh", "(exit 7)\necho later", 7), ("", "exit 42", 42)])
    func failing(shell: String, script: String, status: Int32) throws {
        let outcome = try act(["run": script, "shell": shell])
        #expect(outcome.status == status)
        #expect(!outcome.log.contains("later"))
        #expect(outcome.outputs["decision"] == "allow")
    }

    @Test(
        "inputs are words and never code",
        arguments: [
            (["environment": "dev\"; touch pwned; \""], "error[environment-unknown]"),
            (["environment": "$(touch pwned)"], "error[environment-unknown]"),
            (["policy": "a\nb"], "error[policy-missing]"),
            (["policy": "--help"], "error[usage]"),
            (["secrets": "*"], "error[secret-unknown]"),
            (["secrets": "API_KEY $(touch pwned)"], "error[secret-unknown]"),
            (["audience": "it's; touch pwned"], "error[token-wrong-audience]"),
            (["mask": "false; touch pwned"], "::error title=inject::mask must be true or false"),
            (["shell": "python"], "::error title=inject::shell must be bash or sh"),
            (["run": ""], "::error title=inject::there is nothing to run"),
            (["broker": "http://127.0.0.1:1"], "error[local-token-not-honoured]"),
        ] as [([String: String], String)])
    func words(inputs: [String: String], message: String) throws {
        let outcome = try act(["run": "touch ran"].merging(inputs) { $1 })
        #expect(outcome.status == 125)
        #expect(outcome.log.contains(message), "\(outcome.log)")
        #expect(try !runner.folder.contents().contains { $0.hasSuffix("/pwned") || $0.hasSuffix("/ran") })
    }

    @Test("only the secrets that are named, by commas, spaces or lines")
    func selected() throws {
        let script = "echo \"${DATABASE_URL-none}\"; env | grep -c '^INPUT_' || :"
        #expect(try act(["run": script, "secrets": " API_KEY\n"]).log.contains("none\n0\n"))
        let both = try act(["run": "true", "secrets": "API_KEY,\n DATABASE_URL"])
        #expect(both.outputs["secret-names"] == #"["API_KEY","DATABASE_URL"]"#)
    }

    @Test("a refusal fails the step and is an output")
    func refused() throws {
        try runner.folder.write(
            "workspace/inject.yaml", Self.policy.replacing("[push, pull_request]", with: "pull_request"))
        let outcome = try act(["run": "touch ran"])
        #expect(outcome.status == 125)
        #expect(outcome.outputs["decision"] == "deny")
        #expect(outcome.outputs["secret-names"] == "[]")
        #expect(!FileManager.default.fileExists(atPath: runner.folder.path("workspace/ran")))
    }

    @Test(
        "switches reach inject",
        arguments: [
            (["mask": "false"], "hunter2@db\n", 0), (["fail-on-leak": "true"], "::error title=secret-leaked::", 1),
            (["workflow-commands": "false"], ": :notice::hello", 0), (["pristine": "true"], "own=none\n", 0),
            (["pristine": "true", "pass-env": "OTHER\nMY_*"], "own=mine\n", 0),
            (["dry-run": "true"], "DATABASE_URL  dotenv:.env.local", 0),
            (["dry-run": "true", "run": ""], "DATABASE_URL  dotenv:.env.local", 0),
        ] as [([String: String], String, Int32)])
    func switches(inputs: [String: String], expected: String, status: Int32) throws {
        runner.environment["MY_OWN"] = "mine"
        let script = "echo ::notice::hello; echo \"own=${MY_OWN-none}\"; echo \"$DATABASE_URL\""
        let outcome = try act(["run": script].merging(inputs) { $1 })
        #expect(outcome.status == status)
        #expect(outcome.log.contains(expected), "\(outcome.log)")
    }

    @Test("a variable that an earlier step left takes the mask from no script")
    func leftMasking() throws {
        runner.environment["INJECT_NO_MASKING"] = "true"
        let outcome = try act(["run": "echo \"url: $DATABASE_URL\""])
        #expect(outcome.status == 0 && outcome.log.contains("url: ***\n"), "\(outcome.log)")
    }

    @Test(
        "a variable that an earlier step left does not decide for an input",
        arguments: [
            "INJECT_NO_MASKING", "INJECT_NO_WORKFLOW_COMMANDS", "INJECT_FAIL_ON_LEAK", "INJECT_PRISTINE",
            "INJECT_PASS_ENV", "INJECT_ON_COLLISION", "INJECT_ALLOW_DISK", "INJECT_DRY_RUN", "INJECT_REPLACE",
        ])
    func leftVariable(name: String) throws {
        runner.environment[name] = "true"
        let program = try stand(in: "echo \"left: ${\(name)-nothing}\"")
        let outcome = try act(["program": program, "run": "true"])
        #expect(outcome.status == 0 && outcome.log.contains("left: nothing\n"), "\(outcome.log)")
    }

    @Test("runs where it is told, with the policy that is found from there")
    func folder() throws {
        try runner.folder.write("workspace/apps/my web/x", "")
        let outcome = try act(["run": "pwd", "working-directory": "apps/my web", "policy": "../../inject.yaml"])
        #expect(outcome.log.contains(runner.folder.path("workspace/apps/my web") + "\n"), "\(outcome.log)")
    }

    @Test("inject takes the place of the shells, so that a signal to the step reaches it")
    func process() throws {
        // The step's process is `env`, which becomes sh, run.sh and inject: inject's parent is the runner, this
        // process.
        let outcome = try act(["run": "cut -d ' ' -f 4 /proc/$PPID/stat"])
        #expect(outcome.log.contains("\n\(ProcessInfo.processInfo.processIdentifier)\n"), "\(outcome.log)")
    }

    @Test("what an earlier step left for shells and loaders does not run beside the secrets")
    func poisoned() throws {
        let mark = runner.folder.path("pwned")
        let startup = try runner.folder.write("evil/startup", "touch '\(mark)'\n")
        runner.environment.merge([
            "BASH_ENV": startup, "ENV": startup, "LD_PRELOAD": "/nonexistent/evil.so",
            "BASH_FUNC_exec%%": "() { touch '\(mark)'; }", "IFS": "/",
        ]) { $1 }
        let outcome = try act(["run": "echo through"])
        #expect(outcome.status == 0 && outcome.log.contains("through\n"), "\(outcome.log)")
        #expect(!outcome.log.contains("evil.so"))
        #expect(!FileManager.default.fileExists(atPath: mark))
    }

    @Test("nor where sh is a bash, which takes functions from its environment")
    func functions() throws {
        let mark = runner.folder.path("pwned")
        let shell = runner.folder.path("sh")
        try FileManager.default.createSymbolicLink(atPath: shell, withDestinationPath: "/bin/bash")
        let names = ["[", "printf", "set", "exec", "export", "unset", "shift", "listed", "switch", "fail", ":"]
        var variables = Dictionary(uniqueKeysWithValues: names.map { ("BASH_FUNC_\($0)%%", "() { touch '\(mark)'; }") })
        variables.merge(runner.environment) { $1 }
        variables.merge([
            "INPUT_PROGRAM": program, "INPUT_REPORT": runner.folder.path("temp/report"), "INPUT_ENVIRONMENT": "dev",
            "INPUT_SHELL": "sh", "INPUT_RUN": "echo through", "INPUT_SECRETS": "API_KEY, DATABASE_URL",
            "GITHUB_OUTPUT": try runner.folder.write("temp/output", ""),
        ]) { $1 }
        let place = URL(fileURLWithPath: runner.folder.path("workspace"))
        let result = try CommandRunner(executable: URL(fileURLWithPath: shell), in: place).run(
            ["-e", runner.actionFolder("action/run.sh")], environment: variables)
        #expect(result.status == 0 && result.output.hasSuffix("through\n"), "\(result)")
        #expect(!FileManager.default.fileExists(atPath: mark))
    }

    // MARK: - Export

    @Test("exports to later steps only when it is told to, warns, and empties the variables in the end")
    func export() throws {
        let outcome = try act(["export-env": "true", "secrets": "API_KEY"])
        #expect(outcome.status == 0, "\(outcome.log)")
        #expect(runner.environment["API_KEY"] == "k3y-k3y-k3y")
        #expect(runner.environment["DATABASE_URL"] == nil)
        #expect(outcome.log.contains("::add-mask::k3y-k3y-k3y\n"))
        #expect(outcome.log.contains("::warning title=secrets-exported::all later steps of this job can read API_KEY"))
        #expect(outcome.outputs["secret-names"] == #"["API_KEY"]"# && outcome.outputs["decision"] == "allow")
        #expect(try runner.end().log == "inject: emptied API_KEY\n")
        #expect(runner.environment["API_KEY"] == "")
    }

    @Test("a script leaves nothing to later steps")
    func nothingLeft() throws {
        let before = runner.environment
        #expect(try act(["run": "true"]).status == 0)
        #expect(runner.environment == before && runner.paths.isEmpty)
        #expect(try runner.end().log == "")
    }

    @Test("an export and a script exclude each other, and a plan exports nothing")
    func exportAndRun() throws {
        #expect(try act(["export-env": "true", "run": "true"]).log.contains("keep one of them"))
        let plan = try act(["export-env": "true", "dry-run": "true"])
        #expect(plan.status == 0 && plan.log.contains("DATABASE_URL  dotenv:.env.local"), "\(plan.log)")
        #expect(runner.environment["API_KEY"] == nil)
    }

    @Test(
        "inputs that are for a script are refused where there is none",
        arguments: [
            ("shell", "sh"), ("mask", "false"), ("fail-on-leak", "true"), ("workflow-commands", "false"),
            ("pristine", "true"), ("pass-env", "MY_OWN"), ("on-collision", "keep"), ("allow-disk", "true"),
        ])
    func scriptOnly(input: String, value: String) throws {
        let outcome = try act(["export-env": "true", input: value])
        #expect(outcome.status == 125)
        #expect(outcome.log.contains("::error title=inject::\(input) is for a script, and export-env has none"))
        #expect(runner.environment["API_KEY"] == nil)
    }

    @Test("a list of secrets with none in it is refused, and not taken for all", arguments: [",", " , ", "\n"])
    func noSecrets(list: String) throws {
        let outcome = try act(["run": "echo it-started", "secrets": list])
        #expect(outcome.status == 125)
        #expect(outcome.log.contains("::error title=inject::secrets names none") && !outcome.log.contains("it-started"))
    }

    /// A program in place of inject, which does what `script` says.
    private func stand(in script: String) throws -> String {
        try runner.folder.write(
            "workspace/stand-in", "#!/bin/sh\ncase $1 in --version) echo inject 0.1.0; exit ;; esac\n\(script)\n")
        return "stand-in"
    }

    @Test("variables are emptied although the step failed behind the export")
    func failedExport() throws {
        let program = try stand(
            in: "echo 'variables=[\"API_KEY\"]' >>\"$GITHUB_OUTPUT\"; echo API_KEY=k3y >>\"$GITHUB_ENV\"; exit 7")
        let outcome = try act(["program": program, "export-env": "true"])
        #expect(outcome.status == 7 && runner.environment["API_KEY"] == "k3y", "\(outcome.log)")
        #expect(try runner.end().log == "inject: emptied API_KEY\n")
        #expect(runner.environment["API_KEY"] == "")
    }

    @Test("a certificate's relative path counts from the workspace", arguments: ["own.pem", "/etc/own.pem"])
    func certificate(path: String) throws {
        try runner.folder.write("workspace/apps/x", "")
        let program = try stand(in: "echo \"bundle: $INJECT_CA_BUNDLE\"")
        let outcome = try act([
            "program": program, "run": "true", "working-directory": "apps", "ca-certificate": path,
        ])
        let expected = path.hasPrefix("/") ? path : runner.folder.path("workspace/" + path)
        #expect(outcome.log.contains("bundle: \(expected)\n"), "\(outcome.log)")
    }

    @Test("the clean-up takes names and nothing else", arguments: ["", "x", "{}", #"["A=B"]"#, #"["A\nB"]"#, "[1]"])
    func cleanup(variables: String) throws {
        let state = try runner.folder.write("temp/state", "")
        let script = runner.actionFolder("action/cleanup/main.js")
        let node = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/env"), in: runner.folder.url)
        let result = try node.run(
            ["node", script],
            environment: ["INPUT_VARIABLES": variables, "GITHUB_STATE": state, "PATH": "/usr/local/bin:/usr/bin:/bin"])
        #expect(result.status == 1)
        #expect(result.output.hasPrefix("::error title=inject::") && result.output.split(separator: "\n").count == 1)
        #expect(try String(contentsOfFile: state, encoding: .utf8) == "")
    }
}
