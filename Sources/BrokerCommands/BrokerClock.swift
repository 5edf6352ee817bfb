internal import FoundationEssentials
internal import Glibc

/// The system's clock, in two units since the Unix epoch.
enum BrokerClock {
    static let seconds: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

    /// Whole seconds that go on while the machine sleeps, and that nobody sets back.
    static let steadySeconds: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec)
    }

    static let milliseconds: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
}
