internal import CInjectShims
internal import Diagnostics
internal import Glibc
internal import LogMasking
internal import Secrets

/// One command with its secrets: checked, delivered, started, masked, waited for, cleaned up after.
///
/// Once the command has started, a run holds no secret any more; whoever made the run should not either.
package struct Run: ~Copyable {
    private let program: ChildProgram
    private var secrets: [InjectedSecret]
    private let options: RunOptions

    /// Describes a run; nothing happens yet.
    package init(_ program: ChildProgram, secrets: [InjectedSecret], options: RunOptions) {
        self.program = program
        self.secrets = secrets
        self.options = options
    }

    /// Runs the command to its end.
    ///
    /// To be called from the main thread: the command dies with the thread that forked it (prctl(2), PR_SET_PDEATHSIG).
    ///
    /// Everything that can be wrong is found before anything is written or started. A `RunFailure` means that no command
    /// ran and nothing is left behind; a command that fails is an outcome.
    package consuming func run() throws(RunFailure) -> RunOutcome {
        precondition(inject_is_main_thread(), "a command is run from the main thread")
        var plan = try EnvironmentPlan(.current(), secrets, options.environment)
        let path = try path(plan)
        let hints = program.hints(about: secrets)
        secrets = []
        let signals = try SignalWatch()
        defer { signals.close() }
        let outer = options.masking != nil && isatty(STDOUT_FILENO) == 1 ? OuterTerminal() : nil
        let reaper = try Reaper(terminal: outer?.descriptor ?? -1)
        outer?.reaper = reaper
        defer { withExtendedLifetime(reaper) { outer?.restore() } }
        guard !plan.files.isEmpty && !options.usesMemoryFiles else {
            let files = try MemoryFiles(plan.files)
            let start = ChildStart(program: program, path: path, kept: files.descriptors, reaper: reaper)
            return try run(start, plan.finish(files.delivered), signals, outer).adding(hints)
        }
        let folder = try SecretFolder.make(options.places, by: reaper)
        let result: Result<RunOutcome, RunFailure>
        do throws(RunFailure) {
            try folder.write(plan.files)
            let files = DeliveredFiles(plan.files, in: folder.path)
            let start = ChildStart(program: program, path: path, kept: [], reaper: reaper)
            result = .success(try run(start, plan.finish(files), signals, outer).adding(hints))
        } catch {
            result = .failure(error)
        }
        let isRemoved = folder.remove()
        let outcome = try result.get()
        return isRemoved ? outcome : outcome.leavingFiles(in: folder.path)
    }

    /// Becomes the command: nothing masks its output, and nobody is left to remove files.
    package consuming func replace() throws(RunFailure) -> Never {
        let plan = try EnvironmentPlan(.current(), secrets, options.environment)
        guard plan.files.isEmpty || options.usesMemoryFiles else {
            throw RunFailure(
                Diagnostic(
                    .secretFilesFailed,
                    "nobody could remove the file of `\(plan.files[0].name)`: the command replaces inject",
                    [.help("leave out `--replace`, or pass `--memfd`")]
                )
            )
        }
        let files = try MemoryFiles(plan.files)
        let start = ChildStart(program: program, path: try path(plan), kept: files.descriptors, reaper: nil)
        let block = try plan.block(files.delivered)
        _ = try start.start(block, ChildStart.Streams(), by: inject_spawn_replace)
        throw ChildStart.failure("it did not replace inject", 0)
    }

    private func path(_ plan: EnvironmentPlan) throws(RunFailure) -> [CChar] {
        try program.resolve(path: plan.inheritedValue("PATH") ?? Array("/usr/local/bin:/usr/bin:/bin".utf8))
    }

    /// Runs with an environment, which is wiped as soon as the command has started.
    private func run(
        _ start: ChildStart,
        _ environment: consuming EnvironmentBlock,
        _ signals: SignalWatch,
        _ outer: OuterTerminal?
    ) throws(RunFailure) -> RunOutcome {
        var relays = ChildRelays()
        let child: any SupervisedChild
        if let masking = options.masking {
            let filters = OutputFilters(
                patterns: masking, allowsWorkflowCommands: options.allowsWorkflowCommands)
            child = try start.masked(environment, with: filters, below: outer, &relays)
        } else {
            child = try start.direct(environment)
        }
        InheritedEnvironment.wipe(options.environment)
        var session = ChildSession(
            child,
            signals: signals,
            relays: relays.all,
            reaper: start.reaper,
            timing: options.timing
        )
        let end = session.run()
        child.close()
        return RunOutcome(end, relays, linger: options.timing.linger)
    }
}
