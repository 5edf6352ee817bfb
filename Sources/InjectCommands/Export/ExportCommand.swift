internal import ArgumentParser
internal import Diagnostics
internal import Injection
internal import Policy
internal import Secrets
internal import StrictJSON

/// `inject export`: secrets as variables of the steps that follow, for actions that no command can wrap.
struct ExportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Hands secrets to all steps that follow in a GitHub job, for actions that no command can wrap.",
        discussion: """
            Every later step can read them, also of actions that need none; `inject -- COMMAND` hands them to one \
            command alone. The runner is told to mask them, and sets them from the file GITHUB_ENV. Secrets that are \
            delivered as files alone cannot be handed on: files go with their command.

              inject export --environment staging --only DATABASE_URL
            """
    )

    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Token") var tokenOptions: TokenOptions
    @OptionGroup(title: "Stores") var storeOptions: StoreOptions

    @Option(help: ArgumentHelp("Export only these of the granted secrets, by name (INJECT_ONLY).", valueName: "name,…"))
    var only: String?

    @Option(
        help: ArgumentHelp(
            "Write what was decided to a file, as JSON and without a value (INJECT_REPORT).", valueName: "file")
    )
    var report: String?

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let variables = surroundings.environment
        guard let file = StepFile(.variables, in: variables) else {
            throw Diagnostic(
                .exportOutsideActions, "there are no later steps to export to: `GITHUB_ENV` is not set",
                [.help("hand the secrets to a command: inject -- COMMAND")]
            )
        }
        let outputs = StepFile(.outputs, in: variables)
        let records = RunRecords(
            path: report ?? variables["INJECT_REPORT"], outputs: outputs, console: surroundings.console)
        return try records.keep(failingWith: Self.failureStatus) { report in
            let exported = try exported(in: surroundings, &report)
            // Before later steps have anything: a report that failed afterwards would fail a step that has done its work.
            try records.open(report)
            try exported.append(to: file)
            note(exported.names, outputs, surroundings.console)
            return .success
        }
    }

    private func exported(in surroundings: Surroundings, _ report: inout RunReport) throws -> ExportedVariables {
        let names = try NamedSecrets.parse(only, surroundings.environment)
        let job = try FetchedJob(
            policyOptions, tokenOptions, storeOptions, names: names, in: surroundings, &report)
        let exported = try ExportedVariables(job.secrets, surroundings.environment)
        _ = try JobMasks(console: surroundings.console).patterns(job.masked)
        return exported
    }

    private func note(_ names: [String], _ outputs: StepFile?, _ console: Console) {
        let list = JSONWriter.array(names.map(JSONWriter.string)).line
        do throws(Diagnostic) { try outputs?.append("variables=\(list)\n") } catch { console.report(error) }
        let warning = Diagnostic(
            .warning, .secretsExported, "all later steps of this job can read \(names.joined(separator: ", "))",
            [.help("hand them to one command where you can: inject -- COMMAND")]
        )
        if console.isGitHub { console.remark(warning.githubAnnotation) } else { console.report(warning) }
    }
}

extension Diagnostic.ID {
    /// There are no later steps that variables could be set for.
    static let exportOutsideActions = Diagnostic.ID("export-outside-actions")
    /// Secrets were handed to all later steps.
    static let secretsExported = Diagnostic.ID("secrets-exported")
}
