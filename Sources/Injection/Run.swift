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

    /// Runs the command to its end, from the main thread.
    ///
    /// Everything that can be wrong is found before anything is written or started. A `RunFailure` means that no command
    /// ran and nothing is left behind; a command that fails is an outcome.
    package func run() throws(RunFailure) -> RunOutcome {
        let plan = try EnvironmentPlan(.current(), secrets, options.environment)
        let path = try program.resolve(path: plan.inheritedValue("PATH") ?? "/usr/local/bin:/usr/bin:/bin")
        guard !plan.files.isEmpty else { return try run(path, plan.block(folder: nil)) }
        let folder = try SecretFolder.make(options.places)
        let result: Result<RunOutcome, RunFailure>
        do throws(RunFailure) {
            try folder.write(plan.files)
            result = .success(try run(path, plan.block(folder: folder.path)))
        } catch {
            result = .failure(error)
        }
        let isRemoved = folder.remove()
        let outcome = try result.get()
        return isRemoved ? outcome : outcome.leavingFiles(in: folder.path)
    }

    /// Runs with an environment, which is wiped as soon as the command has started.
    private func run(_ path: String, _ environment: consuming EnvironmentBlock) throws(RunFailure) -> RunOutcome {
        inject_ignore_broken_pipes()
        var previous = sigset_t()
        let signals = inject_signals_open(ChildSession.watched, Int32(ChildSession.watched.count), &previous)
        guard signals >= 0 else { throw ChildStart.failure("signals cannot be watched", errno) }
        defer { inject_signals_close(signals, &previous) }
        let terminal = Self.foregroundTerminal
        defer { if terminal >= 0 { _ = inject_terminal_give(terminal, getpgrp()) } }
        guard let masking = options.masking else {
            let start = ChildStart(program: program, path: path, output: -1, error: -1, terminal: terminal)
            let child = try start.start(environment)
            return session(child, signals, terminal, [])
        }
        var output = try Pipe()
        var error = try Pipe()
        let relays = try Self.relays(from: output.readEnd, error.readEnd, masking)
        let start = ChildStart(
            program: program,
            path: path,
            output: output.writeEnd,
            error: error.writeEnd,
            terminal: terminal
        )
        let child = try start.start(environment)
        output.closeWriteEnd()
        error.closeWriteEnd()
        return session(child, signals, terminal, relays)
    }

    private func session(
        _ child: inject_spawned,
        _ signals: Int32,
        _ terminal: Int32,
        _ relays: [StreamRelay]
    ) -> RunOutcome {
        defer { if child.pidfd >= 0 { close(child.pidfd) } }
        var session = ChildSession(
            child,
            signals: signals,
            terminal: terminal,
            relays: relays,
            timing: options.timing
        )
        let (exitCode, remarks) = session.run()
        return RunOutcome(
            exitCode: exitCode,
            output: relays.first?.report ?? MaskReport(entries: []),
            error: relays.last?.report ?? MaskReport(entries: []),
            remarks: program.hints(about: secrets) + remarks
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

    /// Standard input, where it is a terminal that inject itself may read from.
    private static var foregroundTerminal: Int32 {
        isatty(STDIN_FILENO) == 1 && tcgetpgrp(STDIN_FILENO) == getpgrp() ? STDIN_FILENO : -1
    }
}

extension RunOutcome {
    /// The outcome of a run whose files could not be removed.
    fileprivate func leavingFiles(in folder: String) -> RunOutcome {
        let remark = Diagnostic(
            .secretFilesLeft,
            "secret files could not be removed from `\(folder)`",
            [.help("remove the folder by hand")]
        )
        return RunOutcome(
            exitCode: exitCode == 0 ? 125 : exitCode,
            output: output,
            error: error,
            remarks: remarks + [remark]
        )
    }
}
