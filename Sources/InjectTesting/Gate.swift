import Foundation

/// Opens once so many have arrived; those who came before wait.
package final class Gate: Sendable {
    private let condition = NSCondition()
    // Only touched with `condition` locked.
    nonisolated(unsafe) private var missing: Int

    /// A gate for `count` arrivals.
    package init(count: Int) { missing = count }

    /// Arrives and blocks the thread until the gate opens; for the threads of fake servers.
    package func arriveAndWait() {
        condition.lock()
        defer { condition.unlock() }
        missing -= 1
        condition.broadcast()
        while missing > 0 { condition.wait() }
    }

    /// Arrives from a task, which waits without blocking it.
    package func arrive() async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                self.arriveAndWait()
                continuation.resume()
            }
        }
    }
}
