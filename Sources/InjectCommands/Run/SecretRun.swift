internal import Diagnostics
internal import Injection
internal import LogMasking

/// A program with the secrets its job may read: what `run` and `compose` have in common.
struct SecretRun {
    let policyOptions: PolicyOptions
    let tokenOptions: TokenOptions
    let storeOptions: StoreOptions
    let flags: RunFlags

    /// Makes the program and runs it, or with `--dry-run` prints what it would get; either way the run is reported.
    ///
    /// `check` sees what it would get, and may refuse before anything starts.
    func perform(
        in surroundings: Surroundings,
        failingWith failure: ExitStatus,
        _ program: () throws -> ChildProgram,
        check: ([InjectedSecret]) throws -> Void = { _ in }
    ) throws -> ExitStatus {
        let records = try RunRecords(flags, surroundings)
        return try records.keep(failingWith: failure) { report in
            if try flags.on(flags.dryRun, "INJECT_DRY_RUN", surroundings.environment) {
                return try plan(in: surroundings, &report)
            }
            let program = try program()
            let replaces = try replaces(surroundings.environment)
            let aftermath = try Aftermath(flags, surroundings)
            let run = try prepared(program, in: surroundings, &report, check)
            // Before the command starts: a report that cannot be written must not be missed by a command that ran.
            try records.open(report)
            let outcome = try Self.outcome(of: run, replaces)
            report.record(outcome)
            return aftermath.status(of: outcome)
        }
    }

    private func plan(in surroundings: Surroundings, _ report: inout RunReport) throws -> ExitStatus {
        let names = try flags.names(surroundings.environment)
        return try PlanPrinter(surroundings, .text).print(policyOptions, tokenOptions, names: names, &report)
    }

    /// All of this goes before the command runs, but for what the run holds.
    private func prepared(
        _ program: ChildProgram,
        in surroundings: Surroundings,
        _ report: inout RunReport,
        _ check: ([InjectedSecret]) throws -> Void
    ) throws -> Run {
        let variables = surroundings.environment
        var options = try flags.options(variables)
        let job = try FetchedJob(
            policyOptions, tokenOptions, storeOptions, names: try flags.names(variables), in: surroundings, &report)
        try check(job.secrets)
        options.environment.used = job.keyVariables + [tokenOptions.givenVariable(variables)].compactMap(\.self)
        options.masking = try masking(job, surroundings)
        return Run(program, secrets: job.secrets, options: options)
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
        guard try !flags.on(flags.githubOutput, "INJECT_GITHUB_OUTPUT", variables) else {
            throw Diagnostic(
                .usage,
                "with `--replace` nobody is left to set the outputs of `--github-output`",
                [.help("keep one of them")]
            )
        }
        return true
    }

    /// Nil without masking; GitHub's runner has its own and is told in any case.
    private func masking(_ job: FetchedJob, _ surroundings: Surroundings) throws -> MaskPatterns? {
        let isUnmasked = try flags.on(flags.noMasking, "INJECT_NO_MASKING", surroundings.environment)
        guard !isUnmasked || surroundings.console.isGitHub else { return nil }
        let patterns = try JobMasks(console: surroundings.console).patterns(job.masked)
        return isUnmasked ? nil : patterns
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
