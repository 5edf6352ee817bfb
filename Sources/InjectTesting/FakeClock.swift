import Synchronization

/// A clock that moves only when it is told to.
package final class FakeClock: Sendable {
    private let time: Mutex<Int64>

    /// A clock that shows `now`.
    package init(_ now: Int64) { time = Mutex(now) }

    /// What it shows.
    package var now: Int64 { time.withLock { $0 } }

    /// Moves it, back where `amount` is negative.
    package func advance(_ amount: Int64) { time.withLock { $0 += amount } }
}
