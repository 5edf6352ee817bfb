import Audit
import Broker
import Synchronization

/// A log that records nothing while a test wants it to fail.
final class BrittleLog: AuditSink {
    private let log: AuditLog
    private let isBroken = Mutex(false)

    init(_ log: AuditLog) { self.log = log }

    func breakDown() { isBroken.withLock { $0 = true } }

    func mend() { isBroken.withLock { $0 = false } }

    func record(_ events: [AuditEvent]) async throws(AuditError) {
        try await log.record(isBroken.withLock { $0 } ? events.map(Self.tooLong) : events)
    }

    func check() async throws(AuditError) {
        if isBroken.withLock({ $0 }) { try await log.record([Self.tooLong(AuditEvent(.logRead, .success))]) }
        try await log.check()
    }

    /// What the log cannot write.
    private static func tooLong(_ event: AuditEvent) -> AuditEvent {
        var event = event
        event.tokenID = String(repeating: "j", count: 1 << 16)
        return event
    }
}
