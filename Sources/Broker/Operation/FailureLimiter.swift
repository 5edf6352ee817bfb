internal import Synchronization

/// Turns addresses away that failed too often, for a while, and says when that is first so.
package final class FailureLimiter: Sendable {
    private struct Window {
        var start: Int64
        var failures: Int
    }

    private static let mostAddresses = 65_536

    private let limit: Int
    private let seconds: Int64
    private let now: @Sendable () -> Int64
    private let windows = Mutex<[String: Window]>([:])

    /// Allows `limit` failures of one address within so many seconds; none are counted where `limit` is 0.
    package init(limit: Int, seconds: Int64, now: @escaping @Sendable () -> Int64) {
        self.limit = limit
        self.seconds = seconds
        self.now = now
    }

    /// In how many seconds the address may try again; nil for now.
    package func wait(_ address: String) -> Int64? {
        guard limit > 0 else { return nil }
        let now = now()
        return windows.withLock { windows in
            guard let window = windows[address], window.failures >= limit else { return nil }
            let rest = window.start + seconds - now
            return rest > 0 ? rest : nil
        }
    }

    /// Notes a failure; returns whether it is the one that reaches the limit.
    package func fail(_ address: String) -> Bool {
        guard limit > 0 else { return false }
        let now = now()
        return windows.withLock { windows in
            if windows.count >= Self.mostAddresses { windows = windows.filter { now - $0.value.start < seconds } }
            // Still full: whoever has that many addresses is not stopped by counting them.
            if windows.count >= Self.mostAddresses { windows = [:] }
            var window = windows[address] ?? Window(start: now, failures: 0)
            if now - window.start >= seconds { window = Window(start: now, failures: 0) }
            window.failures += 1
            windows[address] = window
            return window.failures == limit
        }
    }
}
