internal import ArgumentParser
internal import Diagnostics
internal import Injection

/// `inject compose`: Docker Compose with the granted secrets as its secrets.
struct ComposeCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "compose",
        abstract: "Runs Docker Compose with the secrets its files declare, and checks that they do.",
        discussion: """
            inject compose -- up
              inject compose --environment dev -- -f compose.dev.yaml up --build

            A Compose file takes a secret by `secrets: { db: { environment: DATABASE_URL } }`, or, where the policy \
            delivers a file, by `file: ${TLS_KEY_FILE}`. Refused is a secret that nothing sets, and a file that \
            containers would outlive; a secret among a service's variables, which `docker inspect` shows, is a warning.

            Exits as `inject run` does.
            """
    )

    static var failureStatus: ExitStatus { .runFailed }

    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Token") var tokenOptions: TokenOptions
    @OptionGroup(title: "Stores") var storeOptions: StoreOptions
    @OptionGroup(title: "Running") var flags: RunFlags

    @Argument(parsing: .postTerminator, help: "The arguments of `docker compose`, after `--`.")
    var arguments: [String] = []

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let variables = surroundings.environment
        guard !arguments.isEmpty else {
            throw Diagnostic(
                .commandMissing, "there is nothing to do for Compose",
                [.help("write it after `--`: inject compose -- up")])
        }
        let run = SecretRun(
            policyOptions: policyOptions,
            tokenOptions: tokenOptions,
            storeOptions: storeOptions,
            flags: flags
        )
        let usesMemoryFiles = try flags.on(flags.memfd, "INJECT_MEMFD", variables)
        let project = ComposeFiles(arguments, variables)
        let raw = ProgramArguments.last(arguments.count) ?? arguments.map { Array($0.utf8) }
        let program = ChildProgram.arguments(["docker", "compose"].map { Array($0.utf8) } + raw)
        func accept(_ secrets: [InjectedSecret]) throws {
            let check = ComposeCheck(
                project: project,
                secrets: secrets,
                usesMemoryFiles: usesMemoryFiles
            )
            for warning in check.warnings { surroundings.console.report(warning) }
            let errors = check.errors
            guard errors.isEmpty else { throw DiagnosticList(errors) }
        }
        return try run.perform(in: surroundings, failingWith: Self.failureStatus, { program }, check: accept)
    }
}
