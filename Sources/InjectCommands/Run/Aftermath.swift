internal import Diagnostics
internal import Injection
internal import LogMasking

/// What is said and decided after the command has ended.
struct Aftermath {
    let flags: RunFlags
    let surroundings: Surroundings

    func status(of outcome: RunOutcome) throws -> ExitStatus {
        for remark in outcome.remarks { surroundings.console.report(remark) }
        let isQuiet = try flags.on(flags.quiet, "INJECT_QUIET", surroundings.environment)
        if !isQuiet { report(outcome) }
        let hasLeaked = !outcome.output.entries.isEmpty || !outcome.error.entries.isEmpty
        let failsOnLeak = try flags.on(flags.failOnLeak, "INJECT_FAIL_ON_LEAK", surroundings.environment)
        guard outcome.exitCode == 0, hasLeaked, failsOnLeak else { return ExitStatus(code: outcome.exitCode) }
        surroundings.console.report(
            Diagnostic(
                .secretLeaked,
                "the command succeeded, but it printed secrets, and `--fail-on-leak` is on",
                [.help("keep the command from printing what is listed above")]
            )
        )
        return .findings
    }

    private func report(_ outcome: RunOutcome) {
        for (stream, report) in [("stdout", outcome.output), ("stderr", outcome.error)] {
            for entry in report.entries {
                let times = entry.count == 1 ? "once" : "\(entry.count) times"
                let place = "\(stream), first in line \(entry.firstLine)"
                surroundings.console.remark("inject: masked \(entry.name) \(times) on \(place), as \(entry.form)\n")
            }
        }
    }
}

extension Diagnostic.ID {
    /// The command printed a secret, which was masked.
    static let secretLeaked = Diagnostic.ID("secret-leaked")
}
