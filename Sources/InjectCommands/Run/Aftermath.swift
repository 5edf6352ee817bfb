internal import Diagnostics
internal import Injection
internal import LogMasking

/// What is said and decided after the command has ended.
struct Aftermath {
    let flags: RunFlags
    let surroundings: Surroundings

    func status(of outcome: RunOutcome) throws -> ExitStatus {
        let console = surroundings.console
        for remark in outcome.remarks { console.report(remark) }
        let leaks = LeakReport(output: outcome.output, error: outcome.error)
        let isQuiet = try flags.on(flags.quiet, "INJECT_QUIET", surroundings.environment)
        if !isQuiet, !leaks.isEmpty { tell(leaks) }
        let failsOnLeak = try flags.on(flags.failOnLeak, "INJECT_FAIL_ON_LEAK", surroundings.environment)
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
