internal import CInjectShims
internal import Diagnostics
internal import Glibc
internal import Secrets

/// The loop around a running command: output, signals, the end; one thread and no handlers.
struct ChildSession {
    private static let forwarded = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH]
    /// All that is watched: the forwarded ones, the child's changes, and job control.
    static let watched = forwarded + [SIGCHLD, SIGTSTP, SIGCONT]

    private let child: pid_t
    private let pidfd: Int32
    private let signals: Int32
    private let terminal: Int32
    private let relays: [StreamRelay]
    private let timing: SignalTiming
    private var escalation: SignalEscalation
    private var exitCode: Int32?
    private var endedAt = 0

    init(_ child: inject_spawned, signals: Int32, terminal: Int32, relays: [StreamRelay], timing: SignalTiming) {
        self.child = child.pid
        pidfd = child.pidfd
        self.signals = signals
        self.terminal = terminal
        self.relays = relays
        self.timing = timing
        escalation = SignalEscalation(timing)
    }

    /// Waits for the command and its output; returns its exit code, 128 + n for a signal, and what there is to say.
    mutating func run() -> (exitCode: Int32, remarks: [Diagnostic]) {
        var remarks: [Diagnostic] = []
        while true {
            if let exitCode, relays.allSatisfy(\.isDone) { return (exitCode, remarks + closedOutputs) }
            if exitCode != nil, Self.clock() - endedAt >= timing.linger {
                remarks.append(Self.heldOpen(after: timing.linger))
                for relay in relays { relay.finish() }
                endedAt = .max / 2
            }
            wait()
            forward()
            checkChild()
        }
    }

    // MARK: - Waiting

    private mutating func wait() {
        var descriptors = relays.map(\.wanted)
        descriptors.append(pollfd(fd: signals, events: Int16(POLLIN), revents: 0))
        descriptors.append(pollfd(fd: exitCode == nil ? pidfd : -1, events: Int16(POLLIN), revents: 0))
        guard poll(&descriptors, nfds_t(descriptors.count), timeout) > 0 else { return }
        for (relay, descriptor) in zip(relays, descriptors) where descriptor.revents != 0 {
            relay.proceed()
        }
    }

    /// Milliseconds until something is due, or -1.
    private var timeout: Int32 {
        let linger = exitCode == nil ? nil : endedAt + timing.linger
        // Without a pidfd (before Linux 5.3) only SIGCHLD says that the command has ended.
        guard let due = [escalation.next, linger].compactMap(\.self).min() else { return -1 }
        return Int32(clamping: max(due - Self.clock(), 0))
    }

    private mutating func checkChild() {
        guard exitCode == nil else { return }
        var code: Int32 = 0
        switch inject_child_poll(child, &code) {
        case INJECT_CHILD_EXITED: end(code)
        case INJECT_CHILD_KILLED: end(128 + code)
        case INJECT_CHILD_STOPPED: stopWithChild()
        default: break
        }
    }

    private mutating func end(_ code: Int32) {
        exitCode = code
        endedAt = Self.clock()
    }

    // MARK: - Signals

    private mutating func forward() {
        while case let signal = inject_signals_next(signals), signal != 0 {
            switch signal {
            case SIGCHLD: if getpid() == 1 { inject_reap_orphans(child) }
            case SIGTSTP, SIGCONT: send(signal)
            default: for next in escalation.signals(for: signal, at: Self.clock()) { send(next) }
            }
        }
        if let due = escalation.due(at: Self.clock()) { send(due) }
    }

    private func send(_ signal: Int32) {
        guard exitCode == nil else { return }
        kill(-child, signal)
    }

    /// The command was stopped from the terminal: inject stops as well, so that the shell gets its prompt, and when it is
    /// continued the command has the terminal again.
    private func stopWithChild() {
        guard terminal >= 0 else { return }
        _ = inject_terminal_give(terminal, getpgrp())
        kill(getpid(), SIGSTOP)
        _ = inject_terminal_give(terminal, child)
        kill(-child, SIGCONT)
    }

    // MARK: - Remarks

    private var closedOutputs: [Diagnostic] {
        guard relays.contains(where: \.isOutputClosed) else { return [] }
        let message = "the output was closed while the command was writing, and the rest is lost"
        return [Diagnostic(.warning, .outputClosed, message)]
    }

    private static func heldOpen(after milliseconds: Int) -> Diagnostic {
        Diagnostic(
            .warning,
            .outputHeldOpen,
            "the command has ended, and something it started keeps its output open: not waiting any longer",
            [
                .note("waited \(milliseconds / 1000) s"),
                .help("redirect the output of what runs in the background, or wait for it"),
            ]
        )
    }

    /// Milliseconds of a clock that never jumps.
    private static func clock() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
