internal import ArgumentParser
internal import Diagnostics
internal import Injection
internal import LogMasking
internal import OIDC
internal import Policy
internal import Secrets
internal import TokenExchange

/// `inject run`: the main job.
struct RunCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
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
        let records = try RunRecords(flags, surroundings)
        return try records.keep(failingWith: Self.failureStatus) { report in
            try perform(in: surroundings, &report, records)
        }
    }

    private func perform(
        in surroundings: Surroundings,
        _ report: inout RunReport,
        _ records: RunRecords
    ) throws -> ExitStatus {
        let variables = surroundings.environment
        if try flags.on(flags.dryRun, "INJECT_DRY_RUN", variables) {
            return try PlanPrinter(surroundings, .text).print(policyOptions, tokenOptions) { access in
                report.record(access, access.granted, at: surroundings.now)
            }
        }
        let program = try program()
        let replaces = try replaces(variables)
        let run = try prepared(program, in: surroundings, &report)
        // Before the command starts: a report that cannot be written must not be missed by a command that ran.
        try records.open(report)
        let outcome = try Self.outcome(of: run, replaces)
        report.record(outcome)
        return try Aftermath(flags: flags, surroundings: surroundings).status(of: outcome)
    }

    /// All of this goes before the command runs, but for what the run holds.
    private func prepared(
        _ program: ChildProgram,
        in surroundings: Surroundings,
        _ report: inout RunReport
    ) throws -> Run {
        let variables = surroundings.environment
        let job = try FetchedJob(
            policyOptions, tokenOptions, storeOptions, names: flags.names(variables), in: surroundings, &report)
        var options = try flags.options(variables)
        options.masking = try masking(job, surroundings)
        return Run(program, secrets: job.secrets, options: options)
    }

    private func program() throws(Diagnostic) -> ChildProgram {
        if let shell {
            guard command.isEmpty else {
                throw Diagnostic(.usage, "there is both a `--shell` text and a command", [.help("keep one of them")])
            }
            return .shell(shell)
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

    /// Nothing masks the output of a command that inject has become, so masking has to be declined aloud.
    private func replaces(_ variables: ProcessEnvironment) throws(Diagnostic) -> Bool {
        guard try flags.on(flags.replace, "INJECT_REPLACE", variables) else { return false }
        guard try flags.on(flags.noMasking, "INJECT_NO_MASKING", variables) else {
            throw Diagnostic(
                .usage,
                "with `--replace` nothing would mask the command's output",
                [.help("pass `--no-masking` as well, or leave out `--replace`")]
            )
        }
        return true
    }

    private func masking(_ job: FetchedJob, _ surroundings: Surroundings) throws -> MaskPatterns? {
        guard try !flags.on(flags.noMasking, "INJECT_NO_MASKING", surroundings.environment) else { return nil }
        return try JobMasks(console: surroundings.console).patterns(job.masked)
    }

    private static func outcome(of run: consuming Run, _ replaces: Bool) throws -> RunOutcome {
        do throws(RunFailure) {
            if replaces { try run.replace() }
            return try run.run()
        } catch {
            throw CommandFailure(diagnostic: error.diagnostic, status: ExitStatus(code: error.exitCode))
        }
    }
}
