internal import CInjectShims
internal import Diagnostics
internal import Glibc

/// The loop around a running command: output, signals, the end; one thread and no handlers.
struct ChildSession {
    private let child: any SupervisedChild
    private let signals: SignalWatch
    private let relays: [StreamRelay]
    private let reaper: Reaper?
    private let linger: Int
    private var escalation: SignalEscalation
    private var end: ChildEnd?
    /// When to stop waiting for output that something keeps open; nil while the command runs, and afterwards.
    private var patienceEnds: Int?

    init(
        _ child: any SupervisedChild,
        signals: SignalWatch,
        relays: [StreamRelay],
        reaper: Reaper?,
        timing: SignalTiming
    ) {
        self.child = child
        self.reaper = reaper
        self.signals = signals
        self.relays = relays
        linger = timing.linger
        escalation = SignalEscalation(timing)
    }

    /// Waits for the command and its output; returns how it ended.
    ///
    /// What the command started and left behind in its group lives on: GitHub's runner ends it with the job, by
    /// RUNNER_TRACKING_ID.
    mutating func run() -> ChildEnd {
        while true {
            if let end, relays.allSatisfy(\.isDone) { return end }
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
        let nothing = pollfd(fd: -1, events: 0, revents: 0)
        descriptors.append(child.input?.wanted ?? nothing)
        descriptors.append(pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0))
        // Without a pidfd (before Linux 5.3) only SIGCHLD says that the command has ended.
        descriptors.append(pollfd(fd: end == nil ? child.changes : -1, events: Int16(POLLIN), revents: 0))
        guard poll(&descriptors, nfds_t(descriptors.count), timeout) > 0 else { return }
        for (relay, descriptor) in zip(relays, descriptors) where descriptor.revents != 0 {
            relay.proceed()
            if relay.outputFailure != nil { child.hangUp() }
        }
        if descriptors[relays.count].revents != 0 { child.input?.proceed() }
    }

    /// Milliseconds until something is due, or -1; 0 where there is nothing more to wait for.
    private var timeout: Int32 {
        if end != nil, relays.allSatisfy(\.isDone) { return 0 }
        guard let due = [escalation.next, patienceEnds].compactMap(\.self).min() else { return -1 }
        return Int32(clamping: max(due - Self.clock(), 0))
    }

    private mutating func checkChild() {
        guard end == nil, let change = child.nextChange() else { return }
        switch change {
        case .exited(let code): finish(code, nil)
        case .killed(let signal): finish(128 + signal, signal)
        case .stopped(let signal): child.wasStopped(by: signal)
        }
    }

    private mutating func finish(_ code: Int32, _ signal: Int32?) {
        patienceEnds = Self.clock() + linger
        reaper?.commandEnded()
        let hadForeground = child.ended()
        end = ChildEnd(exitCode: code, interruption: signal == SIGINT ? interruption(hadForeground) : nil)
    }

    /// Only at a terminal: elsewhere an exit code says as much, and says it to programs that look for one.
    private func interruption(_ hadForeground: Bool) -> KeyboardInterruption? {
        guard let outer = OuterTerminal(), outer.isControlling, outer.isOurs else { return nil }
        if escalation.wasInterrupted { return .process }
        return hadForeground ? .job : nil
    }

    // MARK: - Signals

    private mutating func forward() {
        while let signal = signals.next() {
            switch signal {
            case SIGCHLD: if getpid() == 1 { inject_reap_orphans(child.pid) }
            case SIGTSTP: send(signal)
            case SIGCONT:
                child.wasResumed()
                send(signal)
            case SIGWINCH: if !child.resize() { send(signal) }
            default: ask(with: signal)
            }
        }
        if let due = escalation.due(at: Self.clock()) { send(due) }
    }

    /// Forwards a signal, or, after the command has ended, takes it as the wish to wait no longer: neither for what keeps
    /// the output open nor for somebody to read it.
    private mutating func ask(with signal: Int32) {
        for next in escalation.signals(for: signal, at: Self.clock()) { send(next) }
        guard end != nil, [SIGHUP, SIGINT, SIGQUIT, SIGTERM].contains(signal) else { return }
        if patienceEnds != nil {
            patienceEnds = Self.clock()
            end?.isHurried = true
        }
        for relay in relays { relay.abandon() }
    }

    private func send(_ signal: Int32) {
        guard end == nil else { return }
        kill(-child.group, signal)
    }

    /// Milliseconds of a clock that never jumps.
    private static func clock() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
