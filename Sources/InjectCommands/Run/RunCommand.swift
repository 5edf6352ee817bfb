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
        var report = RunReport()
        do {
            let status = try perform(in: surroundings, &report, records)
            report.exitCode = status.code
            return try records.close(report, after: status)
        } catch {
            report.record(error, status: Self.failureStatus)
            records.abandon(report)
            throw error
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

    /// What the command gets, and what must not be seen of it.
    private struct Job {
        let secrets: [InjectedSecret]
        let masked: [MaskedValue]

        /// The tokens are masked like secrets, also one that is revoked by now.
        init(_ fetched: FetchedSecrets, credential: SecretBytes, unmasked: Set<SecretName> = []) {
            secrets = fetched.secrets
            let shown = secrets.filter { !unmasked.contains($0.name) }
            let tokens = [("OIDC token", credential), ("broker token", fetched.brokerToken)]
            masked =
                shown.map { MaskedValue(name: $0.name.text, value: $0.value) }
                + tokens.compactMap { name, token in token.map { MaskedValue(name: name, value: $0, isToken: true) } }
        }
    }

    /// All of this goes before the command runs, but for what the run holds.
    private func prepared(
        _ program: ChildProgram,
        in surroundings: Surroundings,
        _ report: inout RunReport
    ) throws -> Run {
        let job = try job(in: surroundings, &report)
        var options = try flags.options(surroundings.environment)
        options.masking = try masking(job, surroundings)
        return Run(program, secrets: job.secrets, options: options)
    }

    /// Connections end with this function: the command is not run with any of them open.
    private func job(in surroundings: Surroundings, _ report: inout RunReport) throws -> Job {
        let variables = surroundings.environment
        let names = flags.names(variables)
        if let job = try PolicylessJob(policyOptions, tokenOptions, in: surroundings, fetches: true) {
            let fetched = try job.fetched(named: names)
            report.record(fetched, of: job.environment)
            return Job(fetched, credential: job.credential)
        }
        let access = try Access.decide(policyOptions, tokenOptions, in: surroundings, opensStores: true)
        report.record(access)
        let wanted = try SecretSelection(access: access).granted(named: names)
        report.record(access, wanted, at: surroundings.now)
        let fetch = SecretFetch(access: access, dialect: try storeOptions.dialect(variables))
        return Job(
            try fetch.fetched(wanted),
            credential: access.identity.credential,
            unmasked: Set(wanted.map(\.secret).filter { !$0.isMasked }.map(\.name))
        )
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

    private func masking(_ job: Job, _ surroundings: Surroundings) throws -> MaskPatterns? {
        guard try !flags.on(flags.noMasking, "INJECT_NO_MASKING", surroundings.environment) else { return nil }
        let console = surroundings.console
        do {
            let patterns = try MaskPatterns(job.masked)
            for value in patterns.unmaskable { console.report(UnmaskableText.diagnostic(value)) }
            if console.isGitHub { try GitHubMasks(console: console).register(job.masked, patterns) }
            return patterns
        } catch {
            throw Diagnostic(.secretMemory, "there is no memory for the masks")
        }
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
