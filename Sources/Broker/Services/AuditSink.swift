package import Audit

/// Where events are recorded; an `AuditLog`, except where a test wants it to fail.
package protocol AuditSink: Sendable {
    /// Records events durably, all or none.
    func record(_ events: [AuditEvent]) async throws(AuditError)

    /// Throws where events cannot be recorded.
    func check() async throws(AuditError)
}

extension AuditLog: AuditSink {
    /// Appends them.
    package func record(_ events: [AuditEvent]) async throws(AuditError) { try await append(events) }
}
