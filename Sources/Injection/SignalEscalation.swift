internal import Glibc

/// What happens after somebody asked the command to stop.
struct SignalEscalation {
    private let timing: SignalTiming
    private var interruptedAt: Int?
    private var interrupts = 0
    private var isTerminated = false
    private var isKilled = false

    init(_ timing: SignalTiming) { self.timing = timing }

    /// Whether an INT has arrived.
    var wasInterrupted: Bool { interrupts > 0 }

    /// The signals to send for one that arrived: itself, and more with each further INT.
    mutating func signals(for signal: Int32, at now: Int) -> [Int32] {
        guard signal == SIGINT else { return [signal] }
        interrupts += 1
        interruptedAt = interruptedAt ?? now
        switch interrupts {
        case 1: return [SIGINT]
        case 2:
            isTerminated = true
            return [SIGINT, SIGTERM]
        default:
            isKilled = true
            return [SIGKILL]
        }
    }

    /// The signal that is due by now.
    mutating func due(at now: Int) -> Int32? {
        guard let interruptedAt else { return nil }
        if !isKilled, now - interruptedAt >= timing.kill {
            isKilled = true
            return SIGKILL
        }
        if !isTerminated, now - interruptedAt >= timing.terminate {
            isTerminated = true
            return SIGTERM
        }
        return nil
    }

    /// When to look again, in the same clock.
    var next: Int? {
        guard let interruptedAt, !isKilled else { return nil }
        return interruptedAt + (isTerminated ? timing.kill : timing.terminate)
    }
}
