internal import Diagnostics
internal import Injection
internal import LogMasking

/// What is said and decided after the command has ended.
struct Aftermath {
    private let isQuiet: Bool
    private let failsOnLeak: Bool
    private let surroundings: Surroundings

    /// To be made before the command starts: once it has run, no switch may keep its exit code from being told.
    init(_ flags: RunFlags, _ surroundings: Surroundings) throws(Diagnostic) {
        isQuiet = try flags.on(flags.quiet, "INJECT_QUIET", surroundings.environment)
        failsOnLeak = try flags.on(flags.failOnLeak, "INJECT_FAIL_ON_LEAK", surroundings.environment)
        self.surroundings = surroundings
    }

    func status(of outcome: RunOutcome) -> ExitStatus {
        let console = surroundings.console
        for remark in outcome.remarks { console.report(remark) }
        let leaks = LeakReport(output: outcome.output, error: outcome.error)
        if !isQuiet, !leaks.isEmpty { tell(leaks) }
        guard outcome.exitCode == 0, !leaks.isEmpty, failsOnLeak else {
            return ExitStatus(code: outcome.exitCode, interruption: outcome.interruption)
        }
        let failure = Diagnostic(
            .secretLeaked,
            "the command succeeded, but it printed secrets, and `--fail-on-leak` is on",
            [.help("keep the command from printing what is listed above")]
        )
        if console.isGitHub { console.remark(failure.githubAnnotation) } else { console.report(failure) }
        return .findings
    }

    private func tell(_ leaks: LeakReport) {
        let console = surroundings.console
        guard console.isGitHub else { return console.remark(leaks.text) }
        console.remark(leaks.annotations)
        guard let file = StepFile(.summary, in: surroundings.environment) else { return }
        do throws(Diagnostic) { try file.append(leaks.summary) } catch { console.report(error) }
    }
}
