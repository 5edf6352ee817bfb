internal import ArgumentParser
internal import Diagnostics
internal import Injection

/// `inject run`: the main job.
struct RunCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        // A main job that is not read directly is parsed by itself, and a command that is part of another one looks for
        // no request of completion scripts, which would be parsed as two commands of its own: half a millisecond.
        _superCommandName: "inject",
        abstract: "Runs a command with the secrets its job may read. The default.",
        discussion: """
            inject -- make deploy
              inject --environment dev -- make deploy
              inject --only DATABASE_URL -- ./migrate
              inject --shell 'psql "$DATABASE_URL" < schema.sql'

            Exits with the command's own code, 128 + n for signal n; 125 where inject itself failed, 126 for a command \
            that cannot be executed, 127 for one that is not there.
            """,
        aliases: ["exec"]
    )

    static var failureStatus: ExitStatus { .runFailed }

    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Token") var tokenOptions: TokenOptions
    @OptionGroup(title: "Stores") var storeOptions: StoreOptions
    @OptionGroup(title: "Running") var flags: RunFlags

    @Option(help: ArgumentHelp("Run a text in /bin/sh instead of a command.", valueName: "text"))
    var shell: String?

    @Argument(parsing: .postTerminator, help: "The command and its arguments, after `--`.")
    var command: [String] = []

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let run = SecretRun(
            policyOptions: policyOptions,
            tokenOptions: tokenOptions,
            storeOptions: storeOptions,
            flags: flags
        )
        return try run.perform(in: surroundings, failingWith: Self.failureStatus, program)
    }

    private func program() throws(Diagnostic) -> ChildProgram {
        if let shell {
            guard command.isEmpty else {
                throw Diagnostic(.usage, "there is both a `--shell` text and a command", [.help("keep one of them")])
            }
            return .shell(ProgramArguments.value(of: "--shell", parsedAs: shell))
        }
        guard !command.isEmpty else {
            throw Diagnostic(
                .commandMissing,
                "there is no command to run",
                [.help("write it after `--`: inject -- make deploy")]
            )
        }
        return .arguments(ProgramArguments.last(command.count) ?? command.map { Array($0.utf8) })
    }
}
