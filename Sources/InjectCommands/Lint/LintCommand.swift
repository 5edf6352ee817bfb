internal import ArgumentParser
internal import Diagnostics
internal import Policy
internal import PolicyLint

/// `inject lint`: reports what is wrong with a policy and with what stands beside it.
struct LintCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        // As in `RunCommand`: a tenth of what it costs to parse the arguments.
        _superCommandName: "inject",
        abstract: "Checks the policy file and what stands beside it, and points at every mistake.",
        discussion: """
            Findings go to standard output. Exit code 0: none, or only notes; 1: findings; 2: a file cannot be read.

              inject lint
              inject lint --fix                          mend what a program can mend
              inject lint --explain P03                  what a rule wants, and why; `all` for every rule
              inject lint --format github inject.yaml    annotations beside the lines of a pull request
              inject lint --format sarif >inject.sarif   for code scanning
              inject lint --write-baseline .inject-baseline.json
              inject lint aws-iam roles.json             which jobs existing roles of AWS let in, and what is wrong

            `# inject: ignore[RULE] reason` silences a rule in its line or the next.
            """
    )

    @Argument(help: ArgumentHelp("The policy files (INJECT_POLICY; default: inject.yaml).", valueName: "file"))
    var files: [String] = []

    @Option(help: "How findings are printed: text, json (one object a line), sarif or github.")
    var format: LintFormat?

    @Option(help: "Who reads the findings: regular, pedantic or auditor (default: the policy's `lint`, or regular).")
    var persona: Persona?

    @Option(name: .customLong("fail-on"), help: "The mildest finding that fails: error, warning or note.")
    var failOn: FailureThreshold = .warning

    @Option(help: ArgumentHelp("Findings that were there before and do not count.", valueName: "file"))
    var baseline: String?

    @Option(
        name: .customLong("write-baseline"),
        help: ArgumentHelp("Writes today's findings as a baseline.", valueName: "file")
    )
    var newBaseline: String?

    @Option(
        help: ArgumentHelp("A file or git revision; what protected secrets gain since is an error.", valueName: "base"))
    var base: String?

    @Flag(help: "Mends what a program can mend, and reports the rest.")
    var fix = false

    @Option(help: ArgumentHelp("Prints what a rule wants and why, or every rule for `all`.", valueName: "rule"))
    var explain: String?

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        if let explain { return try LintExplanation.print(explain, to: surroundings.console) }
        let format = try self.format ?? surroundings.environment.choice("INJECT_FORMAT") ?? .text
        if files.first == LintIAMRun.word { return try report(iamFindings(surroundings), format, surroundings) }
        let paths = files.isEmpty ? [surroundings.environment["INJECT_POLICY"] ?? PolicySource.found()] : files
        var findings: [LintFinding] = []
        for path in paths {
            let run = LintRun(path: path, persona: persona, baseline: baseline, base: base, surroundings: surroundings)
            if fix { try run.mend() }
            let found = try run.findings()
            if found.isEmpty { surroundings.console.remark("inject: \(path): no findings\n") }
            findings += found
        }
        return try report(findings, format, surroundings)
    }

    /// The findings in files of IAM, of which there is at least one.
    private func iamFindings(_ surroundings: Surroundings) throws(Diagnostic) -> [LintFinding] {
        guard files.count > 1 else {
            let help = "name what to read: `inject lint aws-iam FILE`, with policies of IAM in JSON"
            throw Diagnostic(.usage, "a file is missing", [.help(help)])
        }
        let run = LintIAMRun(persona: persona ?? .regular, baseline: baseline, now: surroundings.now)
        var findings: [LintFinding] = []
        for path in files.dropFirst() {
            if fix { try run.mend(path, surroundings.console) }
            findings += try run.findings(in: path)
        }
        return findings
    }

    private func report(
        _ findings: [LintFinding],
        _ format: LintFormat,
        _ surroundings: Surroundings
    ) throws -> ExitStatus {
        if let newBaseline {
            try LintMending.write(Array(LintBaseline.text(findings).utf8), to: newBaseline)
            surroundings.console.remark("inject: wrote \(findings.count) findings to \(newBaseline)\n")
            return .success
        }
        surroundings.console.output(format.text(of: findings))
        return findings.contains { failOn.includes($0.diagnostic.severity) } ? .findings : .success
    }
}

extension Persona: ExpressibleByArgument {}
