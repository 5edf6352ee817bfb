internal import CInjectShims
internal import Diagnostics
internal import Glibc
internal import Secrets

extension ChildStart {
    /// Starts the command on inject's own streams.
    func direct(_ environment: consuming EnvironmentBlock) throws(RunFailure) -> any SupervisedChild {
        try direct(environment, Streams())
    }

    /// Starts the command with masked streams: on a terminal of its own where standard output is one and the system has
    /// one to give, through pipes elsewhere.
    func masked(
        _ environment: consuming EnvironmentBlock,
        with filters: OutputFilters,
        below outer: OuterTerminal?,
        _ relays: inout ChildRelays
    ) throws(RunFailure) -> any SupervisedChild {
        guard isatty(STDOUT_FILENO) == 1, let terminal = ChildTerminal() else {
            return try piped(environment, filters, &relays)
        }
        let start = try TerminalStart(self, on: terminal, below: outer, filters)
        let child = try start.start(environment)
        relays = start.relays
        return child
    }

    private func piped(
        _ environment: consuming EnvironmentBlock,
        _ filters: OutputFilters,
        _ relays: inout ChildRelays
    ) throws(RunFailure) -> any SupervisedChild {
        let output = try Pipe()
        let error = try Pipe()
        relays.output = try StreamRelay.masking(output.readEnd, to: STDOUT_FILENO, filters)
        // A command for the runner may begin on one of them and go on on the other, where both end in one place.
        let isShared = !filters.allowsWorkflowCommands && DescriptorKind.areSame(STDOUT_FILENO, STDERR_FILENO)
        relays.error = try StreamRelay.masking(
            error.readEnd, to: STDERR_FILENO, with: isShared ? relays.output : nil, filters)
        return try direct(environment, Streams(output: output.writeEnd, error: error.writeEnd))
    }

    private func direct(
        _ environment: consuming EnvironmentBlock,
        _ streams: Streams
    ) throws(RunFailure) -> any SupervisedChild {
        let terminal = DirectChild.terminal()
        var streams = streams
        streams.terminal = DirectChild.terminalAtStart(terminal)
        do throws(RunFailure) {
            return DirectChild(try start(environment, streams), terminal: terminal)
        } catch {
            // The child took the terminal before exec failed.
            if streams.terminal >= 0 { _ = inject_terminal_give(terminal, getpgrp()) }
            throw error
        }
    }
}
