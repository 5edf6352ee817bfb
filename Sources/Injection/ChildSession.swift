internal import CInjectShims
internal import Diagnostics
internal import Glibc

/// The loop around a running command: output, signals, the end; one thread and no handlers.
struct ChildSession {
    private let child: pid_t
    private let pidfd: Int32
    private let signals: SignalWatch
    private let jobControl: JobControl
    private let relays: [StreamRelay]
    private let linger: Int
    private var escalation: SignalEscalation
    private var exitCode: Int32?
    /// When to stop waiting for output that something keeps open; nil while the command runs, and afterwards.
    private var patienceEnds: Int?

    init(
        _ child: inject_spawned,
        signals: SignalWatch,
        jobControl: JobControl,
        relays: [StreamRelay],
        timing: SignalTiming
    ) {
        self.child = child.pid
        pidfd = child.pidfd
        self.signals = signals
        self.jobControl = jobControl
        self.relays = relays
        linger = timing.linger
        escalation = SignalEscalation(timing)
    }

    /// Waits for the command and its output; returns its exit code, or 128 + n for a signal.
    ///
    /// What the command started and left behind in its group lives on: GitHub's runner ends it with the job, by
    /// RUNNER_TRACKING_ID.
    mutating func run() -> Int32 {
        while true {
            if let exitCode, relays.allSatisfy(\.isDone) { return exitCode }
            if let patienceEnds, Self.clock() >= patienceEnds {
                for relay in relays { relay.endWithWhatIsThere() }
                self.patienceEnds = nil
            }
            wait()
            forward()
            checkChild()
        }
    }

    // MARK: - Waiting

    private func wait() {
        var descriptors = relays.map(\.wanted)
        descriptors.append(pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0))
        // Without a pidfd (before Linux 5.3) only SIGCHLD says that the command has ended.
        descriptors.append(pollfd(fd: exitCode == nil ? pidfd : -1, events: Int16(POLLIN), revents: 0))
        guard poll(&descriptors, nfds_t(descriptors.count), timeout) > 0 else { return }
        for (relay, descriptor) in zip(relays, descriptors) where descriptor.revents != 0 {
            relay.proceed()
        }
    }

    /// Milliseconds until something is due, or -1; 0 where there is nothing more to wait for.
    private var timeout: Int32 {
        if exitCode != nil, relays.allSatisfy(\.isDone) { return 0 }
        guard let due = [escalation.next, patienceEnds].compactMap(\.self).min() else { return -1 }
        return Int32(clamping: max(due - Self.clock(), 0))
    }

    private mutating func checkChild() {
        guard exitCode == nil else { return }
        var code: Int32 = 0
        switch inject_child_poll(child, &code) {
        case INJECT_CHILD_EXITED: end(code)
        case INJECT_CHILD_KILLED: end(128 + code)
        case INJECT_CHILD_STOPPED: jobControl.stopped(child, by: code)
        default: break
        }
    }

    private mutating func end(_ code: Int32) {
        exitCode = code
        patienceEnds = Self.clock() + linger
    }

    // MARK: - Signals

    private mutating func forward() {
        while let signal = signals.next() {
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

    /// Milliseconds of a clock that never jumps.
    private static func clock() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
