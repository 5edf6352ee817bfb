internal import ArgumentParser

/// The root of the command line.
struct InjectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inject",
        abstract: "Runs a build command with exactly the secrets its CI job may read.",
        discussion: """
            inject verifies the job's OIDC token, asks the policy in inject.yaml what the job may read, fetches only \
            that, hands it to the command as environment variables or private files, and masks it in the command's \
            output.

              inject init                        write a first policy
              inject -- make deploy              run a command, as `inject run` does
              inject plan                        what would be injected, and why
              inject explain prod/DATABASE_URL   why a secret is or is not granted
              inject lint                        check policy and workflows
              inject test                        run tests, prove assertions
              inject diff origin/main            who gains and who loses access
              inject compile aws-iam             write the roles of AWS
              inject doctor                      check all that a run needs

            Most options have a variable: `--environment` is INJECT_ENVIRONMENT, and so on. An option wins over its \
            variable.
            """,
        version: version,
        subcommands: [
            RunCommand.self, PlanCommand.self, ExplainCommand.self, LintCommand.self, TestCommand.self,
            DiffCommand.self, InitCommand.self, CompileCommand.self, ModelCommand.self, TokenCommand.self,
            MaskCommand.self, ScanCommand.self, SecretsCommand.self, AuditCommand.self, DoctorCommand.self,
            CredentialsCommand.self, ExportCommand.self, ComposeCommand.self, ImportCommand.self,
        ],
        defaultSubcommand: RunCommand.self
    )

    /// The program's name and version.
    static var version: String { "inject \(ProgramVersion.text)" }

    /// The subcommands' names.
    static var names: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }
}
