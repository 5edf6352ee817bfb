internal import Diagnostics
internal import Glibc
internal import Injection
internal import Synchronization

/// Why a result did not get out, as on a full disk.
///
/// A reader that has gone away has seen enough, and loses nothing.
final class LostOutput: Sendable {
    /// An errno, or 0.
    private let reason = Atomic<Int32>(0)

    /// What there is to say, or nil where everything got out.
    var diagnostic: Diagnostic? {
        let reason = reason.load(ordering: .relaxed)
        guard reason != 0 else { return nil }
        let text = String(cString: strerror(reason)).lowercased()
        return Diagnostic(.outputFailed, "the output could not be written, and the rest is lost: \(text)")
    }

    /// Notes why a write failed; the first reason counts.
    func note(_ reason: Int32) {
        guard reason != EPIPE else { return }
        _ = self.reason.compareExchange(expected: 0, desired: reason, ordering: .relaxed)
    }
}
