import Foundation
import InjectTesting
import Testing

/// No Docker engine runs here, but in `make image-check`: a program named `docker` resolves the secrets of the Compose file as
/// Compose does, a variable of its own environment or a file of this machine, and writes down what a container would find.
@Suite("inject compose")
struct ComposeCommandTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
        let python = try Python.program("python").path
        try workplace.folder.write(
            "bin/docker",
            """
            #!\(python)
            import os, re, sys, yaml
            print(" ".join(sys.argv[1:]))
            expand = lambda text: re.sub(r"\\$\\{(\\w+)\\}", lambda match: os.environ[match[1]], text)
            project = yaml.safe_load(open("compose.yaml"))
            with open("container", "w") as container:
                for name, source in project["secrets"].items():
                    value = os.environ[source["environment"]] if "environment" in source else \\
                        open(expand(source["file"])).read()
                    container.write(f"/run/secrets/{name}: {value}\\n")
                    print(value)
            sys.exit(7 if "fail" in sys.argv else 0)
            """
        )
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: workplace.folder.path("bin/docker"))
    }

    private static let compose = """
        services:
          web:
            image: shop
            secrets: [database, tls]
        secrets:
          database: { environment: DATABASE_URL }
          tls: { file: "${TLS_KEY_FILE}" }

        """

    private func run(_ arguments: String..., compose: String = Self.compose) throws -> CommandResult {
        try run(all: arguments, compose: compose)
    }

    private func run(all arguments: [String], compose: String = Self.compose) throws -> CommandResult {
        try workplace.folder.write("compose.yaml", compose)
        let result = try workplace.inject.run(
            ["compose", "-q", "-e", "dev"] + arguments,
            environment: ["PATH": workplace.folder.path("bin") + ":/usr/bin:/bin"]
        )
        return CommandResult(
            status: result.status,
            output: result.output,
            error: result.error.replacing(workplace.folder.url.path, with: "<folder>")
        )
    }

    @Test("a project's secrets come from variables and from files, and its output is masked")
    func mainPath() throws {
        let result = try run("--", "up", "--build")
        #expect(result == CommandResult(status: 0, output: "compose up --build\n***\n***\n"))
        let container = try String(contentsOfFile: workplace.folder.path("container"), encoding: .utf8)
        #expect(
            container == """
                /run/secrets/database: postgres://shop:hunter2-hunter2@db/shop
                /run/secrets/tls: -----BEGIN KEY-----
                MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
                -----END KEY-----

                """
        )
        #expect(try run("--", "fail").status == 7)
    }

    @Test("a secret that nothing sets keeps the project from starting")
    func missing() throws {
        let result = try run(
            "--", "up", compose: Self.compose.replacing("environment: DATABASE_URL", with: "environment: DATABSE_URL"))
        #expect(
            result
                == CommandResult(
                    status: 125,
                    error: """
                        warning[compose-secret-unused]: no file of the project names `DATABASE_URL`, so no container gets it
                          = help: declare it: `secrets: { name: { environment: DATABASE_URL } }`, or leave it out with `--only`
                        error[compose-secret-missing]: the secret `database` comes from `DATABSE_URL`, and this job may read no such secret
                         --> compose.yaml:6:28
                          |
                        6 |   database: { environment: DATABSE_URL }
                          |                            ^^^^^^^^^^^ did you mean `DATABASE_URL`?
                          |
                          = help: grant it in the policy, or name one of `DATABASE_URL`

                        """.replacing("warning[compose-secret-unused]", with: "inject: warning[compose-secret-unused]")
                )
        )
        #expect(!FileManager.default.fileExists(atPath: workplace.folder.path("container")))
    }

    @Test(
        "containers that live on get no file that does not",
        arguments: [
            "-d", "-d=1", "-dV", "-yd", "--detach", "--detach=true", "--wait", "--wait=1", "--no-start", "--no-start=T",
            "scale",
        ]
    )
    func detached(option: String) throws {
        let result = try run("--", "up", option)
        #expect(result.status == 125 && result.output == "")
        #expect(
            result.error.hasPrefix(
                """
                error[compose-file-gone]: `TLS_KEY_FILE` names a file that ends with inject, and the containers live on
                 --> compose.yaml:7:16
                """
            ),
            "\(result.error)"
        )
        let only = Self.compose.split(separator: "\n").filter { !$0.contains("tls:") }.joined(separator: "\n") + "\n"
        #expect(try run("--only", "DATABASE_URL", "--", "up", option, compose: only).status == 0)
    }

    @Test(
        "who stays in the foreground keeps the file",
        arguments: ["-V", "-d=0", "--detach=false", "--wait=F", "-debug"]
    )
    func attached(option: String) throws {
        #expect(try run("--", "up", option).status == 0)
    }

    @Test(
        "what runs a program in a container that is there keeps the file, whatever the program's arguments",
        arguments: [
            ["exec", "web", "prog", "-d"], ["-p", "start", "exec", "web", "scale"], ["exec", "-d", "web", "prog"],
        ]
    )
    func program(arguments: [String]) throws {
        #expect(try run(all: ["--"] + arguments).status == 0)
    }

    @Test(
        "what `run` is told is told before the service, and what stands behind it is the program's",
        arguments: [
            (["run", "web", "prog", "-d"], 0), (["run", "--rm", "web", "prog", "--detach"], 0),
            (["run", "-e", "A=1", "--name=x", "web", "prog", "-d"], 0), (["run", "-Te", "A=1", "web", "-d"], 0),
            (["run", "-eA=1", "web", "start"], 0), (["run", "--", "web", "-d"], 0), (["run", "--rm", "start"], 0),
            (["run", "-d", "web", "prog"], 125), (["run", "--rm", "-d", "web"], 125),
            (["run", "--name", "x", "-d", "web"], 125), (["run", "-Te", "A=1", "-d", "web"], 125),
            (["run", "--unknown", "x", "--detach", "web"], 125), (["run", "--unknown", "-d", "web"], 125),
        ] as [([String], Int32)]
    )
    func runOptions(arguments: [String], status: Int32) throws {
        #expect(try run(all: ["--"] + arguments).status == status)
    }

    @Test("a name of the project that is also a command of Compose's is none")
    func projectName() throws {
        #expect(try run("--", "--project-name", "start", "up").status == 0)
        #expect(try run("--", "--project-name", "start", "up", "-d").status == 125)
    }

    @Test("a descriptor is no file of the engine's")
    func memory() throws {
        let result = try run("--memfd", "--", "up")
        #expect(result.status == 125 && result.output == "")
        #expect(
            result.error.hasPrefix(
                """
                error[compose-file-memory]: `TLS_KEY_FILE` names a descriptor, and the engine would mount one of its own
                 --> compose.yaml:7:16
                """
            ),
            "\(result.error)"
        )
        let only = Self.compose.split(separator: "\n").filter { !$0.contains("tls:") }.joined(separator: "\n") + "\n"
        #expect(try run("--memfd", "--only", "DATABASE_URL", "--", "up", compose: only).status == 0)
    }

    @Test(
        "a secret among a service's variables is a warning, because `docker inspect` shows it",
        arguments: [
            "environment: [DATABASE_URL]", "environment: { DATABASE_URL: }",
            "environment: [\"URL=${DATABASE_URL:-x}\"]",
            "environment: { URL: \"$DATABASE_URL\" }",
        ]
    )
    func shown(environment: String) throws {
        let result = try run("--", "up", compose: Self.compose.replacing("image: shop", with: environment))
        #expect(result.status == 0)
        #expect(
            result.error.hasPrefix(
                """
                warning[compose-secret-shown]: `docker inspect` shows `DATABASE_URL`, which the service `web` gets as a variable
                 --> compose.yaml:3:
                """
            ),
            "\(result.error)"
        )
        let other = environment.replacing("DATABASE_URL", with: "DATABASE_URLS")
        #expect(try run("--", "up", compose: Self.compose.replacing("image: shop", with: other)).error == "")
    }

    /// The first place that a refusal points at, where a file has a secret that nothing sets.
    private func place(_ files: [String: String], all arguments: [String] = []) throws -> String {
        for (name, text) in files { try workplace.folder.write(name, text) }
        let result = try workplace.inject.run(["compose", "-q", "-e", "dev", "--"] + arguments + ["up"])
        let line = result.error.split(separator: "\n").first { $0.contains("--> ") } ?? "nowhere"
        return String(line.trimmingCharacters(in: .whitespaces))
    }

    private static let wrong = "secrets: { x: { environment: NOWHERE } }\n"

    @Test(
        "what a file includes is read, with paths as Compose takes them",
        arguments: [
            (["compose.yaml": "include: [a/b.yaml]\n", "a/b.yaml": wrong], "--> a/b.yaml:1:30"),
            (["compose.yaml": "include: [{ path: a/b.yaml }]\n", "a/b.yaml": wrong], "--> a/b.yaml:1:30"),
            (["compose.yaml": "include: [.github/b.yaml]\n", ".github/b.yaml": wrong], "--> .github/b.yaml:1:30"),
            (
                ["compose.yaml": "include: [{ path: [a/b.yaml, c.yaml] }]\n", "a/b.yaml": "{}\n", "c.yaml": wrong],
                "--> c.yaml:1:30"
            ),
            (
                [
                    "compose.yaml": "include: [a/b.yaml]\n", "a/b.yaml": "include: [c.yaml, ../compose.yaml]\n",
                    "a/c.yaml": wrong,
                ], "--> a/c.yaml:1:30"
            ),
            (
                [
                    "compose.yaml": "include: [{ path: a/b.yaml, project_directory: d }]\n",
                    "a/b.yaml": "include: [c.yaml]\n", "d/c.yaml": wrong,
                ], "--> d/c.yaml:1:30"
            ),
            (
                [
                    "compose.yaml": "services: { w: { extends: { file: a.yaml, service: v } } }\n",
                    "a.yaml": "services: { v: { environment: [DATABASE_URL] } }\n" + wrong,
                ], "--> a.yaml:1:32"
            ),
            (
                ["compose.yaml": "include: [\"${WHERE}/b.yaml\"]\n"], "--> compose.yaml:1:11"
            ),
            (
                ["compose.yaml": "include: [\"https://example.com/b.git\"]\n"], "--> compose.yaml:1:11"
            ),
        ]
    )
    func included(files: [String: String], expected: String) throws {
        #expect(try place(files) == expected)
    }

    @Test("a file that only Compose finds is said, and no secret is called unused")
    func unseen() throws {
        try workplace.folder.write("home/.keep", "")
        let result = try run(
            "--", "up", compose: Self.compose.replacing("tls:", with: "x:") + "include: [\"$A.yaml\"]\n")
        #expect(
            result.error.hasPrefix(
                """
                warning[compose-file-unseen]: only Compose finds this file, so nothing is known of its secrets
                 --> compose.yaml:8:11
                """), "\(result.error)")
        #expect(!result.error.contains("compose-secret-unused"))
    }

    @Test("the files are those that Compose would read")
    func files() throws {
        try workplace.folder.write("other.yaml", "secrets: { x: { environment: NOWHERE } }\n")
        for arguments in [
            ["-f", "other.yaml"], ["--file=other.yaml"], ["-p", "shop", "--file", "other.yaml"], ["-fother.yaml"],
            ["-f=other.yaml"], ["-pshop", "-f", "other.yaml"],
        ] {
            let result = try workplace.inject.run(["compose", "-e", "dev", "--"] + arguments + ["up"])
            #expect(result.error.contains("--> other.yaml:1:"), "\(arguments): \(result.error)")
        }
        let named = try workplace.inject.run(
            ["compose", "-e", "dev", "--", "up"], environment: ["COMPOSE_FILE": "a:other.yaml"])
        #expect(named.error.contains("--> other.yaml:1:"), "\(named.error)")
        try workplace.folder.write("docker-compose.yml", "secrets: {}\n")
        try workplace.folder.write("compose.override.yaml", "secrets: { x: { environment: NOWHERE } }\n")
        let override = try workplace.inject.run(["compose", "-e", "dev", "--", "up"])
        #expect(override.error.contains("--> compose.override.yaml:1:"), "\(override.error)")
    }

    @Test(
        "the project's `.env` sets variables and names files as it does for Compose, and this process counts more",
        arguments: [
            ([".env": "COMPOSE_FILE=other.yaml"], [], "--> other.yaml:1:30"),
            ([".env": "COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=x.yaml,other.yaml"], [], "--> other.yaml:1:30"),
            (
                ["a.env": "COMPOSE_FILE=x.yaml", "b.env": "COMPOSE_FILE=other.yaml"],
                ["--env-file", "a.env", "--env-file=b.env"], "--> other.yaml:1:30"
            ),
            (["compose.yaml": wrong, ".env": "NOWHERE=1"], [], "nowhere"),
            (["compose.yaml": wrong, ".env": "ELSEWHERE=1"], [], "--> compose.yaml:1:30"),
            (["compose.yaml": wrong, ".env": "NOWHERE"], [], "--> compose.yaml:1:30"),
            (
                ["compose.yaml": wrong, ".env": "NOWHERE=1", "b.env": "X=1"], ["--env-file", "b.env"],
                "--> compose.yaml:1:30"
            ),
            (["sub/compose.yaml": wrong, "sub/.env": "NOWHERE=1"], ["-f", "sub/compose.yaml"], "nowhere"),
            (["sub/compose.yaml": wrong, "sub/.env": "NOWHERE=1"], ["--project-directory", "sub"], "nowhere"),
            (
                ["compose.yaml": "include: [b.yaml]\n", "sub/b.yaml": wrong],
                ["--project-directory", "sub", "-f", "compose.yaml"], "--> sub/b.yaml:1:30"
            ),
        ] as [([String: String], [String], String)]
    )
    func variableFiles(files: [String: String], arguments: [String], expected: String) throws {
        try workplace.folder.write("other.yaml", Self.wrong)
        #expect(try place(files, all: arguments) == expected)
    }

    @Test("variables that only Compose can read are said, and no secret is called missing")
    func unreadVariables() throws {
        try workplace.folder.write(".env", "NOWHERE='no end\n")
        let result = try run("--only", "DATABASE_URL", "--", "up", compose: Self.wrong)
        #expect(
            result.error.hasPrefix(
                """
                warning[compose-file-unseen]: only Compose can read these variables, so a secret that nothing sets is not \
                noticed
                  --> .env
                  = help: check the file's permissions and its `$`, or look at what `docker compose config` prints

                """), "\(result.error)")
        #expect(!result.error.contains("compose-secret-missing"))
    }

    @Test("without arguments there is nothing to do")
    func nothing() throws {
        #expect(
            try workplace.run("compose", "-e", "dev")
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[command-missing]: there is nothing to do for Compose
                          = help: write it after `--`: inject compose -- up

                        """
                )
        )
    }
}
