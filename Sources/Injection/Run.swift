internal import CInjectShims
internal import Diagnostics
internal import Glibc
internal import LogMasking
internal import Secrets

/// One command with its secrets: checked, delivered, started, masked, waited for, cleaned up after.
package struct Run {
    private let program: ChildProgram
    private let secrets: [InjectedSecret]
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
    package func run() throws(RunFailure) -> RunOutcome {
        precondition(inject_is_main_thread(), "a command is run from the main thread")
        let plan = try EnvironmentPlan(.current(), secrets, options.environment)
        let path = try program.resolve(path: plan.inheritedValue("PATH") ?? Array("/usr/local/bin:/usr/bin:/bin".utf8))
        let signals = try SignalWatch()
        defer { signals.close() }
        guard !plan.files.isEmpty else { return try run(path, plan.block(folder: nil), signals) }
        let folder = try SecretFolder.make(options.places)
        let result: Result<RunOutcome, RunFailure>
        do throws(RunFailure) {
            try folder.write(plan.files)
            result = .success(try run(path, plan.block(folder: folder.path), signals))
        } catch {
            result = .failure(error)
        }
        let isRemoved = folder.remove()
        let outcome = try result.get()
        return isRemoved ? outcome : outcome.leavingFiles(in: folder.path)
    }

    /// Runs with an environment, which is wiped as soon as the command has started.
    private func run(
        _ path: [CChar],
        _ environment: consuming EnvironmentBlock,
        _ signals: SignalWatch
    ) throws(RunFailure) -> RunOutcome {
        let jobControl = JobControl()
        guard let masking = options.masking else {
            let child = try start(path, environment, output: -1, error: -1, jobControl)
            return wait(for: child, signals, jobControl, [])
        }
        var output = try Pipe()
        var error = try Pipe()
        let relays = try Self.relays(from: output.readEnd, error.readEnd, masking)
        let child = try start(path, environment, output: output.writeEnd, error: error.writeEnd, jobControl)
        output.closeWriteEnd()
        error.closeWriteEnd()
        return wait(for: child, signals, jobControl, relays)
    }

    private func start(
        _ path: [CChar],
        _ environment: consuming EnvironmentBlock,
        output: Int32,
        error: Int32,
        _ jobControl: JobControl
    ) throws(RunFailure) -> inject_spawned {
        let terminal = jobControl.terminalAtStart
        let start = ChildStart(program: program, path: path, output: output, error: error, terminal: terminal)
        do throws(RunFailure) {
            return try start.start(environment)
        } catch {
            // The child took the terminal before exec failed.
            if terminal >= 0 { _ = inject_terminal_give(terminal, getpgrp()) }
            throw error
        }
    }

    private func wait(
        for child: inject_spawned,
        _ signals: SignalWatch,
        _ jobControl: JobControl,
        _ relays: [StreamRelay]
    ) -> RunOutcome {
        defer { if child.pidfd >= 0 { close(child.pidfd) } }
        var session = ChildSession(
            child,
            signals: signals,
            jobControl: jobControl,
            relays: relays,
            timing: options.timing
        )
        let exitCode = session.run()
        jobControl.takeBack(from: child.pid)
        return RunOutcome(
            exitCode: exitCode,
            relays: relays,
            hints: program.hints(about: secrets),
            linger: options.timing.linger
        )
    }

    private static func relays(
        from output: Int32,
        _ error: Int32,
        _ patterns: MaskPatterns
    ) throws(RunFailure) -> [StreamRelay] {
        do {
            return [
                try StreamRelay(from: output, to: STDOUT_FILENO, patterns),
                try StreamRelay(from: error, to: STDERR_FILENO, patterns),
            ]
        } catch {
            throw RunFailure(.noMemory)
        }
    }
}
