internal import Audit
internal import Synchronization

/// Whether a broker can do its work, and what is in the way.
package final class Readiness: Sendable {
    private struct Keys {
        var time: Int64?
        var isAvailable = false
    }

    /// Anybody may ask; an issuer that is down must not be asked as often.
    private static let pause: Int64 = 5

    private let core: BrokerCore
    private let keys = Mutex(Keys())

    /// Looks at the log, the state, the policies and the issuers' keys.
    package init(_ core: BrokerCore) { self.core = core }

    /// What is in the way, a line each.
    func failures() async -> [String] {
        var failures: [String] = []
        if core.policies.isStale {
            failures.append("the policies could not be read; the last good ones are in force")
        }
        do throws(AuditError) { try await core.audit.check() } catch {
            let isReplaced = error.code == .replaced
            failures.append(isReplaced ? "the log's file is gone, or another one" : "the log cannot be written")
        }
        do throws(BrokerFault) { try await core.tokens.check() } catch {
            failures.append("the state cannot be written")
        }
        if await !haveKeys() { failures.append("an issuer's keys cannot be had") }
        return failures
    }

    private func haveKeys() async -> Bool {
        let now = core.now()
        let known = keys.withLock { $0 }
        if let time = known.time, !known.isAvailable, (0..<Self.pause).contains(now - time) { return false }
        let isAvailable = await core.issuers.haveKeys()
        keys.withLock { $0 = Keys(time: now, isAvailable: isAvailable) }
        return isAvailable
    }
}
