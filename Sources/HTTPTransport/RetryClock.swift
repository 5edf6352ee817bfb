import Glibc

/// The time and the chance that retries need, so that tests need neither.
package struct RetryClock: Sendable {
    /// Milliseconds since some fixed moment, never going back.
    package let milliseconds: @Sendable () -> Int64
    /// Waits, or returns early where the task is cancelled.
    package let sleep: @Sendable (_ milliseconds: Int64) async -> Void
    /// A number from 0 to 1.
    package let chance: @Sendable () -> Double

    /// Describes a clock.
    package init(
        milliseconds: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (_ milliseconds: Int64) async -> Void,
        chance: @escaping @Sendable () -> Double
    ) {
        self.milliseconds = milliseconds
        self.sleep = sleep
        self.chance = chance
    }

    /// The machine's.
    package static let system = RetryClock(
        milliseconds: {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
        },
        sleep: { try? await Task.sleep(for: .milliseconds($0)) },
        chance: { Double.random(in: 0...1) }
    )
}
