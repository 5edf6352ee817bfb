import Foundation
import InjectTesting
import Testing

@Suite("inject run")
struct RunCommandTests {
    @Test("a command gets its secrets, its output is masked, and a report follows")
    func mainJob() throws {
        let result = try Workplace().run(
            "--", "sh", "-c", #"echo "url=$DATABASE_URL"; cat "$TLS_KEY_FILE"; echo; echo "$DATABASE_URL" >&2"#
        )
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: "url=***\n***\n",
                    error: """
                        ***
                        inject: masked DATABASE_URL once on stdout, first in line 1, as literal
                        inject: masked TLS_KEY once on stdout, first in line 2, as literal
                        inject: masked DATABASE_URL once on stderr, first in line 1, as literal

                        """
                )
        )
    }

    @Test("the command really holds the values")
    func realValues() throws {
        let script = """
            test "$DATABASE_URL" = postgres://shop:hunter2-hunter2@db/shop || exit 1
            test -z "${TLS_KEY+set}" || exit 2
            test "$(wc -l <"$TLS_KEY_FILE")" = 2 || exit 3
            test "$(stat -c %a "$TLS_KEY_FILE") $(stat -c %a "$INJECT_DIR")" = '400 700' || exit 4
            test "$(stat -f -c %T "$INJECT_DIR")" = tmpfs || exit 5
            """
        #expect(try Workplace().run("--", "sh", "-c", script) == CommandResult(status: 0))
    }

    @Test("exit codes are the command's own", arguments: [0, 1, 2, 3, 42, 124, 125, 126, 127, 128, 255])
    func exitCodes(code: Int32) throws {
        #expect(try Workplace().run("--", "sh", "-c", "exit \(code)") == CommandResult(status: code))
    }

    @Test("a command that a signal ended gives 128 + n", arguments: [("TERM", 143), ("KILL", 137), ("INT", 130)])
    func signals(name: String, code: Int32) throws {
        #expect(try Workplace().run("--", "sh", "-c", "kill -\(name) $$").status == code)
    }

    @Test("nothing is left behind")
    func nothingLeft() throws {
        let workplace = try Workplace()
        let result = try workplace.run(
            "--no-masking", "--", "sh", "-c", #"echo "$INJECT_DIR"; chmod 000 "$INJECT_DIR""#)
        #expect(result.status == 0)
        let folder = result.output.trimmingCharacters(in: .newlines)
        #expect(folder.hasPrefix("/dev/shm/inject-"))
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("what the command writes into the private folder goes with it")
    func litterIsRemoved() throws {
        let script =
            #"mkdir -p "$INJECT_DIR/a/b"; echo x >"$INJECT_DIR/a/b/c"; ln -s / "$INJECT_DIR/root"; echo "$INJECT_DIR""#
        let result = try Workplace().run("--no-masking", "--", "sh", "-c", script)
        #expect(result.status == 0)
        #expect(!FileManager.default.fileExists(atPath: result.output.trimmingCharacters(in: .newlines)))
        #expect(FileManager.default.fileExists(atPath: "/usr/bin"))
    }

    @Test("arguments reach the command untouched")
    func arguments() throws {
        let result = try Workplace().run("--", "printf", "%s|", "a b", "", "--help", "--", "$(id)", "é*")
        #expect(result == CommandResult(status: 0, output: "a b||--help|--|$(id)|é*|"))
    }

    @Test("standard input is the command's")
    func standardInput() throws {
        #expect(try Workplace().run("--", "cat", input: "line\n") == CommandResult(status: 0, output: "line\n"))
    }

    @Test("a text runs in the shell only when asked for")
    func shell() throws {
        #expect(try Workplace().run("--shell", "echo a | tr a b") == CommandResult(status: 0, output: "b\n"))
        let result = try Workplace().run("--", "echo", "$DATABASE_URL")
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: "$DATABASE_URL\n",
                    error: """
                        inject: warning[literal-dollar]: an argument holds `$DATABASE_URL`, and no shell will replace it
                          = help: inject --shell 'COMMAND…' runs a text in the shell, with its variables

                        """
                )
        )
    }

    @Test("a text for the shell need not be UTF-8", arguments: ["--shell ", "--shell="])
    func shellBytes(option: String) throws {
        let workplace = try Workplace()
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"), in: workplace.folder.url,
            environment: ["PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home"), "LC_ALL": "C.UTF-8"])
        let script = #""$0" -q \#(option)"$(printf 'printf "<\351>" | od -An -tx1')""#
        let result = try shell.run(["-c", script, workplace.inject.path])
        #expect(result == CommandResult(status: 0, output: " 3c e9 3e\n"))
    }

    @Test(
        "the command cannot mint another token",
        arguments: [
            "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_RUNTIME_TOKEN",
            "ACTIONS_RESULTS_URL",
        ]
    )
    func credentials(name: String) throws {
        let workplace = try Workplace()
        let arguments = ["-q", "--", "sh", "-c", "echo \"${\(name)-absent}\"; echo $RUNNER_TRACKING_ID"]
        let given = [name: "https://127.0.0.1/x", "RUNNER_TRACKING_ID": "kept"]
        #expect(try workplace.inject.run(arguments, environment: given).output == "absent\nkept\n")
        let kept = ["--keep-actions-credentials"] + arguments
        #expect(try workplace.inject.run(kept, environment: given).output == "https://127.0.0.1/x\nkept\n")
    }

    @Test("the command gets no token of the job, however the variable was named", arguments: [true, false])
    func tokenVariable(isOption: Bool) throws {
        let workplace = try Workplace()
        let token = try workplace.token([(name: "event_name", value: "push")])
        let script = "echo ${JOB_TOKEN-absent} ${OTHER-absent}"
        let result = try workplace.run(
            isOption ? "--oidc-token-variable=JOB_TOKEN" : "--quiet", "-e", "dev", "--", "sh", "-c", script,
            environment: [
                "JOB_TOKEN": token, "OTHER": "kept", isOption ? "UNUSED" : "INJECT_OIDC_TOKEN_VARIABLE": "JOB_TOKEN",
            ]
        )
        #expect(result == CommandResult(status: 0, output: "absent kept\n"))
    }

    @Test("a pristine environment is five variables, what is passed, and the secrets")
    func pristine() throws {
        let result = try Workplace().run(
            "--pristine", "--pass-env", "KEEP_*", "--only", "DATABASE_URL", "-q", "--", "sh", "-c",
            "env | cut -d= -f1 | sort",
            environment: ["KEEP_ME": "1", "DROP_ME": "1", "TMPDIR": "/tmp"]
        )
        #expect(result.output == "DATABASE_URL\nHOME\nKEEP_ME\nPATH\nPWD\nTMPDIR\n")
    }

    @Test(
        "a variable that exists is kept or replaced when that is said",
        arguments: [("keep", "mine"), ("replace", "***")]
    )
    func collision(choice: String, value: String) throws {
        let result = try Workplace().run(
            "--on-collision", choice, "-q", "--", "sh", "-c", "echo $DATABASE_URL; env | grep -c ^DATABASE_URL=",
            environment: ["DATABASE_URL": "mine"]
        )
        #expect(result == CommandResult(status: 0, output: "\(value)\n1\n"))
    }

    @Test("only the named secrets are injected")
    func only() throws {
        let result = try Workplace().run(
            "--only", "DATABASE_URL", "-q", "--", "sh", "-c", "echo ${TLS_KEY_FILE-none}${INJECT_DIR-none}")
        #expect(result == CommandResult(status: 0, output: "nonenone\n"))
    }

    @Test(
        "naming no secret is neither all nor none of them",
        arguments: [(["--only", ""], [:]), (["--only", ","], [:]), ([], ["INJECT_ONLY": ","])]
            as [([String], [String: String])]
    )
    func onlyNothing(arguments: [String], environment: [String: String]) throws {
        let result = try Workplace().inject.run(arguments + ["--", "echo", "started"], environment: environment)
        #expect(
            result
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[usage]: `--only` (INJECT_ONLY) names no secret
                          = help: write `--only NAME,…`, or leave it out

                        """
                )
        )
    }

    @Test(
        "options that need what another one gives up are refused, and nothing is fetched",
        arguments: [
            (
                ["--no-masking", "--no-workflow-commands"],
                "`--no-workflow-commands` reads the command's output, and `--no-masking` leaves it alone"
            ),
            (
                ["--no-masking", "--fail-on-leak"],
                "`--fail-on-leak` reads the command's output, and `--no-masking` leaves it alone"
            ),
            (
                ["--no-masking", "--replace", "--github-output"],
                "with `--replace` nobody is left to set the outputs of `--github-output`"
            ),
        ]
    )
    func contradictions(arguments: [String], message: String) throws {
        let result = try Workplace(policy: nil).inject.run(arguments + ["--", "echo", "started"])
        let error = "inject: error[usage]: \(message)\n  = help: keep one of them\n"
        #expect(result == CommandResult(status: 125, error: error))
    }

    @Test(
        "a switch that is neither on nor off keeps the command from running",
        arguments: ["INJECT_QUIET", "INJECT_FAIL_ON_LEAK", "INJECT_MEMFD", "INJECT_NO_MASKING", "INJECT_REPLACE"]
    )
    func unreadableSwitch(name: String) throws {
        let workplace = try Workplace()
        let result = try workplace.run("--", "touch", "ran", environment: [name: "maybe"])
        #expect(
            result
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[variable-unreadable]: `\(name)` is `maybe`, which is neither on nor off
                          = help: use `1`, `true` or `yes`, or `0`, `false` or `no`

                        """
                )
        )
        #expect(try !workplace.folder.contents().contains("ran"))
    }

    @Test(
        "a deadline is a time of a second to an hour",
        arguments: [
            ("1", 0), ("90s", 0), ("60m", 0), ("1h", 0), ("0", 125), ("0h", 125), ("2h", 125), ("61m", 125), ("h", 125),
            ("1hs", 125),
        ] as [(String, Int32)]
    )
    func deadlines(text: String, status: Int32) throws {
        let result = try Workplace().run("--deadline", text, "--", "true")
        let error = """
            inject: error[variable-unreadable]: `--deadline` is `\(text)`, which is no time of a second to an hour
              = help: write it as `90s`, `2m` or `1h`

            """
        #expect(result == CommandResult(status: status, error: status == 0 ? "" : error))
    }

    @Test("a leak fails a successful command when that is asked for, and never hides a failure")
    func failOnLeak() throws {
        let result = try Workplace().run(
            "--fail-on-leak", "--only", "DATABASE_URL", "--", "sh", "-c", "echo $DATABASE_URL")
        #expect(
            result
                == CommandResult(
                    status: 1,
                    output: "***\n",
                    error: """
                        inject: masked DATABASE_URL once on stdout, first in line 1, as literal
                        inject: error[secret-leaked]: the command succeeded, but it printed secrets, and `--fail-on-leak` is on
                          = help: keep the command from printing what is listed above

                        """
                )
        )
        let failing = ["--fail-on-leak", "--", "sh", "-c", "echo $DATABASE_URL; exit 7"]
        #expect(try Workplace().inject.run(failing).status == 7)
    }

    @Test("in GitHub Actions every value and line is masked before the command starts")
    func githubMasks() throws {
        let workplace = try Workplace(dotenv: "DATABASE_URL=a%25b-value\nTLS_KEY='first line\nx\nlast line'\n")
        let token = try workplace.token([(name: "event_name", value: "push")])
        let result = try workplace.step(
            ["-e", "dev", "--oidc-token-file", "-", "-q", "--", "echo", "started"], input: token)
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: "::add-mask::a%2525b-value\n::add-mask::first line\n::add-mask::last line\n"
                        + "::add-mask::\(token)\nstarted\n"
                )
        )
    }

    @Test("the job's own token is masked as well")
    func tokenIsMasked() throws {
        let workplace = try Workplace()
        try workplace.folder.write("token", workplace.token([(name: "event_name", value: "push")]))
        let result = try workplace.run("-e", "dev", "--oidc-token-file", "token", "--", "cat", "token")
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: "***",
                    error: "inject: masked OIDC token once on stdout, first in line 1, as literal\n"
                )
        )
    }

    @Test("a short or common value is said not to be masked")
    func unmaskable() throws {
        let result = try Workplace(dotenv: "DATABASE_URL=true\nTLS_KEY=long-enough\n").run(
            "--", "sh", "-c", "echo $DATABASE_URL")
        #expect(result.output == "true\n")
        #expect(
            result.error == """
                inject: warning[secret-not-masked]: the value of `DATABASE_URL` is not masked: it is a word that logs are full of
                  = help: give it a longer value, or say `mask: "false"` in the policy if it is no secret

                """
        )
    }

    @Test("options have variables, and an option wins over its variable")
    func variables() throws {
        let workplace = try Workplace()
        let given = [
            "INJECT_ENVIRONMENT": "dev", "INJECT_ONLY": "DATABASE_URL", "INJECT_QUIET": "1",
            "INJECT_POLICY": "inject.yaml",
        ]
        let script = ["--", "sh", "-c", "echo ${TLS_KEY_FILE-none}"]
        #expect(try workplace.inject.run(script, environment: given).output == "none\n")
        let result = try workplace.inject.run(["--only", "TLS_KEY"] + script, environment: given)
        #expect(result.output.hasPrefix("/dev/shm/inject-"))
    }

    @Test("a dry run prints the plan and starts nothing")
    func dryRun() throws {
        let workplace = try Workplace()
        let result = try workplace.run("--dry-run", "--environment", "dev", "--", "touch", "started")
        #expect(result.status == 0)
        #expect(result.output == (try workplace.run("plan", "--environment", "dev")).output)
        #expect(try !workplace.folder.contents().contains("started"))
    }

    @Test("a dry run selects as the run would")
    func dryRunOfSome() throws {
        let workplace = try Workplace()
        let one = try workplace.run("--dry-run", "-e", "dev", "--only", "DATABASE_URL")
        #expect(one.status == 0 && one.error == "")
        #expect(one.output.contains("$DATABASE_URL") && !one.output.contains("TLS_KEY"), "\(one.output)")
        for name in ["NOTHING", ""] {
            let refused = try workplace.run("--dry-run", "-e", "dev", "--only", name)
            #expect(refused == (try workplace.run("-e", "dev", "--only", name, "--", "true")))
        }
    }

    @Test("secret files can be sealed memory, and inject can become the command")
    func memoryFiles() throws {
        let script = ["--", "sh", "-c", "head -n 1 $TLS_KEY_FILE; echo ${INJECT_DIR-none}; exit 3"]
        let workplace = try Workplace()
        #expect(try workplace.inject.run(["--memfd", "-q"] + script).output == "***\nnone\n")
        let replaced = try workplace.inject.run(["--memfd", "--replace", "--no-masking"] + script)
        #expect(replaced == CommandResult(status: 3, output: "-----BEGIN KEY-----\nnone\n"))
        let given = ["INJECT_MEMFD": "1", "INJECT_REPLACE": "1", "INJECT_NO_MASKING": "1"]
        #expect(try workplace.inject.run(script, environment: given) == replaced)
    }

    @Test("inject becomes the command only where masking is declined, and where nothing has to be removed")
    func replaceRefused() throws {
        #expect(
            try Workplace().run("--replace", "--", "true")
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[usage]: with `--replace` nothing would mask the command's output
                          = help: pass `--no-masking` as well, or leave out `--replace`

                        """
                )
        )
        #expect(
            try Workplace().run("--replace", "--no-masking", "--", "true")
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[secret-files-failed]: nobody could remove the file of `TLS_KEY`: the command replaces inject
                          = help: leave out `--replace`, or pass `--memfd`

                        """
                )
        )
    }

    @Test("the exec alias is run")
    func alias() throws {
        #expect(try Workplace().run("exec", "--", "echo", "x") == CommandResult(status: 0, output: "x\n"))
    }

    @Test("a megabyte on both streams arrives byte for byte")
    func largeOutput() throws {
        let script = "head -c 1000000 /dev/zero | tr '\\0' x; head -c 1000000 /dev/zero | tr '\\0' y >&2"
        let result = try Workplace().run("-q", "--", "sh", "-c", script)
        #expect(result.output == String(repeating: "x", count: 1_000_000))
        #expect(result.error == String(repeating: "y", count: 1_000_000))
    }
}
