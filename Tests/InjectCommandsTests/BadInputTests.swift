import Foundation
import InjectTesting
import Testing

/// What can be wrong: one clear diagnostic each, no command started, nothing left behind.
@Suite("Bad input")
struct BadInputTests {
    /// Runs a command that would leave a trace, and expects none of it.
    static func expect(
        _ workplace: Workplace,
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        input: String = "",
        status: Int32 = 125,
        error: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        // A place of its own for secret files, so that what is left there is this run's.
        let command = arguments.contains("--") ? arguments : arguments + ["--", "touch", "started"]
        let shared = try TemporaryFolder(in: "/dev/shm")
        let places = ["XDG_RUNTIME_DIR": shared.url.path].merging(environment) { _, new in new }
        var result = try workplace.inject.run(command, environment: places, input: Array(input.utf8))
        #expect(try shared.contents().isEmpty, sourceLocation: sourceLocation)
        result = CommandResult(
            status: result.status,
            output: result.output,
            error: result.error.replacing(workplace.folder.url.path, with: "<folder>")
                .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "<time>").replacing(
                    /\b1[789]\d{8}\b/, with: "<time>")
        )
        #expect(result == CommandResult(status: status, error: error), sourceLocation: sourceLocation)
        #expect(try !workplace.folder.contents().contains("started"), sourceLocation: sourceLocation)
    }

    // MARK: - The policy

    @Test("there is no policy")
    func noPolicy() throws {
        try Self.expect(
            Workplace(policy: nil),
            error: """
                inject: error[policy-missing]: there is no policy at `inject.yaml`
                  = help: run inject inside the repository, or name the file with `--policy FILE`

                """
        )
    }

    @Test("the policy is a folder")
    func policyIsAFolder() throws {
        let workplace = try Workplace()
        try Self.expect(
            workplace,
            ["--policy", "home"],
            error: "inject: error[policy-unreadable]: the policy `home` cannot be read: is a directory\n"
        )
    }

    @Test("the policy is larger than anybody can review")
    func policyTooLarge() throws {
        try Self.expect(
            Workplace(policy: Workplace.policy + String(repeating: "# padding\n", count: 30_000)),
            error: """
                error[yaml-too-large]: the file is larger than 256 KiB
                  --> inject.yaml
                  = help: split it: a policy this long cannot be reviewed

                """
        )
    }

    @Test("a key stands twice")
    func duplicateKey() throws {
        try Self.expect(
            Workplace(policy: "version: \"1\"\nversion: \"1\"\n"),
            error: """
                error[yaml-duplicate-key]: the key `version` stands here twice, and readers disagree on which one counts
                 --> inject.yaml:2:1
                  |
                2 | version: "1"
                  | ^^^^^^^ again
                  |
                  = note: it stands first in line 1
                  = help: merge the two, or remove one

                """
        )
    }

    @Test("an anchor")
    func anchor() throws {
        try Self.expect(
            Workplace(policy: "version: &v \"1\"\n"),
            error: """
                error[yaml-anchor]: an anchor lets this act on other lines
                 --> inject.yaml:1:10
                  |
                1 | version: &v "1"
                  |          ^^^^^^
                  |
                  = help: write them out

                """
        )
    }

    @Test("a tab")
    func tab() throws {
        try Self.expect(
            Workplace(policy: "version:\t\"1\"\n"),
            error: """
                error[yaml-tab]: a tab stands here, and tabs look like any number of spaces
                 --> inject.yaml:1:9
                  |
                1 | version: "1"
                  |         ^ tab
                  |
                  = help: indent with spaces

                """
        )
    }

    @Test("an unknown key")
    func unknownKey() throws {
        try Self.expect(
            Workplace(policy: Workplace.policy.replacing("    local:", with: "    locale:")),
            error: """
                error[policy-unknown-key]: an environment has no key `locale`
                 --> inject.yaml:6:5
                  |
                6 |     locale: "true"
                  |     ^^^^^^ did you mean `local`?
                  |
                  = help: the keys are `local`, `protected`, `exchange`, `secrets`, `grants`

                """
        )
    }

    @Test("a dangerous name")
    func dangerousName() throws {
        let policy = Workplace.policy.replacing(
            "from: \"aws-sm:shop/prod/api\"", with: "from: \"aws-sm:x\", env: LD_PRELOAD")
        try Self.expect(
            Workplace(policy: policy),
            error: """
                error[policy-dangerous-name]: `LD_PRELOAD` makes programs run code, so a secret's owner could run code in the job
                  --> inject.yaml:19:41
                   |
                19 |       API_KEY: { from: "aws-sm:x", env: LD_PRELOAD }
                   |                                         ^^^^^^^^^^
                   |
                   = help: deliver it under another name with `env: OTHER_NAME`

                """
        )
    }

    // MARK: - The environment

    @Test("an unknown environment")
    func unknownEnvironment() throws {
        try Self.expect(
            Workplace(),
            ["--environment", "prd"],
            error: """
                inject: error[environment-unknown]: the policy `inject.yaml` has no environment `prd`
                  = note: it has `dev`, `prod`
                  = help: did you mean `prod`?

                """
        )
    }

    @Test("several environments are allowed and none is named")
    func ambiguousEnvironment() throws {
        let workplace = try Workplace()
        let token = try workplace.token([(name: "event_name", value: "push"), (name: "ref", value: "refs/heads/main")])
        try Self.expect(
            workplace,
            ["--oidc-token-file", "-"],
            input: token,
            error: """
                inject: error[environment-ambiguous]: the token may read `dev`, `prod`, and a command gets the secrets of one
                  = help: name it: `--environment dev`

                """
        )
    }

    @Test("a name that is already in the environment")
    func collision() throws {
        try Self.expect(
            Workplace(),
            environment: ["DATABASE_URL": "mine"],
            error: """
                inject: error[environment-collision]: the environment already has `DATABASE_URL`
                  = help: unset it, or choose with `--on-collision keep` or `--on-collision replace`

                """
        )
    }

    @Test("a variable of an option holds nonsense")
    func nonsenseVariable() throws {
        try Self.expect(
            Workplace(),
            environment: ["INJECT_PRISTINE": "maybe"],
            error: """
                inject: error[variable-unreadable]: `INJECT_PRISTINE` is `maybe`, which is neither on nor off
                  = help: use `1`, `true` or `yes`, or `0`, `false` or `no`

                """
        )
    }

    // MARK: - The secrets

    @Test("all missing secrets are told at once")
    func missingSecrets() throws {
        try Self.expect(
            Workplace(dotenv: "DATABSE_URL=typo\n"),
            error: """
                error[secret-missing]: `.env.local` has no key `DATABASE_URL`
                  --> .env.local
                  = help: did you mean `DATABSE_URL`? name it: `from: "dotenv:.env.local#DATABSE_URL"`
                error[secret-missing]: `.env.local` has no key `TLS_KEY`
                  --> .env.local
                  = help: add a line `TLS_KEY=…`

                """
        )
    }

    @Test("the file of the secrets is missing")
    func missingFile() throws {
        try Self.expect(
            Workplace(dotenv: nil),
            ["--only", "DATABASE_URL"],
            error: """
                error[secret-missing]: there is no file `.env.local`
                 --> inject.yaml:8:7
                  |
                8 |       DATABASE_URL: { from: "dotenv:.env.local" }
                  |       ^^^^^^^^^^^^
                  |
                  = help: create it, or mend `from` in the policy; paths start at the policy's folder

                """
        )
    }

    @Test("a secret stands twice")
    func duplicateSecret() throws {
        try Self.expect(
            Workplace(dotenv: "DATABASE_URL=one\nDATABASE_URL=two\n"),
            ["--only", "DATABASE_URL"],
            error: """
                error[dotenv-duplicate-key]: `DATABASE_URL`: is set in line 1 too
                  --> .env.local:2
                  = help: remove one: libraries disagree on which counts

                """
        )
    }

    @Test("a quote that is never closed")
    func unterminatedQuote() throws {
        try Self.expect(
            Workplace(dotenv: "A=1\nDATABASE_URL=\"hunter2\nTLS_KEY=x\n"),
            ["--only", "DATABASE_URL"],
            error: """
                error[dotenv-unterminated-quote]: `DATABASE_URL`: the quote is never closed
                  --> .env.local:2
                  = help: close it; a value over several lines ends with the same quote

                """
        )
    }

    @Test("a secret over 64 KiB")
    func tooLarge() throws {
        try Self.expect(
            Workplace(dotenv: "DATABASE_URL=\(String(repeating: "xy", count: 32_769))\n"),
            ["--only", "DATABASE_URL"],
            error: """
                error[secret-too-large]: `DATABASE_URL` is longer than 64 KiB
                  --> .env.local:1
                  = help: a secret is a key or a password; keep larger data encrypted and inject its key

                """
        )
    }

    @Test("a secret with a NUL byte")
    func hasNUL() throws {
        let workplace = try Workplace(
            policy: Workplace.policy.replacing("dotenv:.env.local\" }", with: "file:value\" }"))
        try workplace.folder.write("value", "abcd\u{0}efgh")
        try Self.expect(
            workplace,
            ["--only", "DATABASE_URL"],
            error: """
                inject: error[secret-has-nul]: the value of `DATABASE_URL` holds a NUL byte, which no environment variable can
                  = help: deliver it as a file: `env: "false"` and `file: { path: … }`

                """
        )
    }

    @Test("a secret that is not granted")
    func denied() throws {
        let workplace = try Workplace()
        let token = try workplace.token([
            (name: "event_name", value: "pull_request"), (name: "ref", value: "refs/pull/1/merge"),
        ])
        try Self.expect(
            workplace,
            ["-e", "dev", "--only", "DATABASE_URL", "--oidc-token-file", "-"],
            input: token,
            error: """
                inject: error[secret-denied]: the token may not read `dev/DATABASE_URL`
                  = note: the nearest grant is `everyone-locally`, line 14
                  = note: `event_name` is `pull_request`, and must be `local` or `push`
                  = help: inject explain dev/DATABASE_URL

                """
        )
    }

    @Test("a token of this machine for an environment that is not local")
    func localTokenElsewhere() throws {
        let workplace = try Workplace()
        let token = try workplace.token([(name: "event_name", value: "push"), (name: "ref", value: "refs/heads/main")])
        try Self.expect(
            workplace,
            ["-e", "prod", "--oidc-token-file", "-"],
            input: token,
            error: """
                inject: error[local-token-not-honoured]: a token of this machine opens no secret of `prod`, which is not marked local
                  = help: `inject plan` and `inject explain` answer questions with such a token

                """
        )
    }

    @Test("a path that leaves the repository through a link")
    func linkOutside() throws {
        let workplace = try Workplace(dotenv: nil)
        try FileManager.default.createSymbolicLink(
            atPath: workplace.folder.path(".env.local"), withDestinationPath: "/etc/hostname")
        try Self.expect(
            workplace,
            ["--only", "DATABASE_URL"],
            error: """
                error[secret-outside-repository]: `.env.local` leads out of the repository
                 --> inject.yaml:8:7
                  |
                8 |       DATABASE_URL: { from: "dotenv:.env.local" }
                  |       ^^^^^^^^^^^^
                  |
                  = help: keep the file below the policy's folder; absolute paths work in environments marked local

                """
        )
    }

    // MARK: - The command

    @Test("no command after the dashes")
    func noCommand() throws {
        try Self.expect(
            Workplace(),
            ["--"],
            error: """
                inject: error[command-missing]: there is no command to run
                  = help: write it after `--`: inject -- make deploy

                """
        )
    }

    @Test("a command without the dashes")
    func noDashes() throws {
        let workplace = try Workplace()
        #expect(
            try workplace.run("touch", "started")
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[usage]: 2 unexpected arguments: `touch`, `started`
                          = help: the command stands after `--`: inject [options] -- COMMAND…

                        """
                )
        )
        #expect(try !workplace.folder.contents().contains("started"))
    }

    @Test("a command that does not exist")
    func notFound() throws {
        try Self.expect(
            Workplace(),
            ["--", "no-such-command"],
            status: 127,
            error: """
                inject: error[command-not-found]: there is no command `no-such-command`
                  = help: install it, or check PATH

                """
        )
    }

    @Test("a command that is not executable")
    func notExecutable() throws {
        try Self.expect(
            Workplace(),
            ["--", "./inject.yaml"],
            status: 126,
            error: """
                inject: error[command-not-executable]: the command `./inject.yaml` cannot be executed: it has no permission to be executed
                  = help: chmod +x ./inject.yaml

                """
        )
    }

    @Test("a command that is no program")
    func noProgram() throws {
        let workplace = try Workplace()
        try workplace.folder.write("script", "echo started", mode: 0o755)
        try Self.expect(
            workplace,
            ["--", "./script"],
            status: 126,
            error: """
                inject: error[command-not-executable]: the command `./script` cannot be executed: it is no program
                  = help: a script's first line is #!/bin/sh

                """
        )
    }

    @Test("a full folder for files")
    func fullTmpfs() throws {
        let workplace = try Workplace(
            dotenv: "DATABASE_URL=abcd-efgh\nTLS_KEY=\(String(repeating: "xy", count: 30_000))\n")
        let script = """
            mkdir -p tmpfs && mount -t tmpfs -o size=8k tmpfs tmpfs || exit 99
            XDG_RUNTIME_DIR=$PWD/tmpfs '\(workplace.inject.path)' -- touch started
            code=$?
            ls tmpfs
            exit $code
            """
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/usr/bin/unshare"),
            in: workplace.folder.url,
            environment: ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": workplace.folder.path("home")]
        )
        let result = try shell.run(["--map-root-user", "--user", "--mount", "sh", "-c", script])
        #expect(
            result
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[secret-files-full]: the file of `TLS_KEY` cannot be written: the memory-backed folder is full
                          = help: free space there, or set XDG_RUNTIME_DIR to another tmpfs folder

                        """
                )
        )
        #expect(try !workplace.folder.contents().contains("started"))
    }

    @Test("an output that is closed early ends the command as it would without inject")
    func closedOutput() throws {
        let workplace = try Workplace()
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/bash"),
            in: workplace.folder.url,
            environment: ["PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home")]
        )
        let script = "'\(workplace.inject.path)' -q -- yes | head -n 1; echo ${PIPESTATUS[0]}"
        #expect(
            try shell.run(["-c", script])
                == CommandResult(
                    status: 0,
                    output: "y\n141\n",
                    error: """
                        inject: warning[output-closed]: the output was closed while the command was writing, and the rest is lost

                        """
                )
        )
    }

    @Test("an output that was never open")
    func noOutput() throws {
        let workplace = try Workplace()
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/bash"),
            in: workplace.folder.url,
            environment: ["PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home")]
        )
        let script = "'\(workplace.inject.path)' -- sh -c 'echo lost; exit 3' >&- ; echo $? >code"
        _ = try shell.run(["-c", script])
        #expect(try String(contentsOfFile: workplace.folder.path("code"), encoding: .utf8) == "3\n")
    }
}
