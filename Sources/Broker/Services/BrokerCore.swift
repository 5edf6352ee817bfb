internal import Audit
package import Diagnostics
internal import OIDC
internal import Policy
internal import Secrets
internal import TokenExchange

/// What all services of a broker share: who vouches for jobs, what is granted, what was issued, and the log.
package struct BrokerCore: Sendable {
    /// Whose tokens count.
    package let issuers: IssuerRegistry
    /// The policies.
    package let policies: PolicyLibrary
    /// The state.
    package let tokens: any TokenStore
    /// The log, which comes first.
    package let audit: any AuditSink
    /// Where values come from.
    package let values: any ValueSource
    /// What counts.
    package let metrics: BrokerMetrics
    /// Who is told of what needs eyes.
    package let alerts: any AlertSink
    /// Notices actors that are refused more often than mistakes explain.
    package let actorFailures: FailureLimiter
    /// Who may ask about every scoped token.
    package let administrators: Administrators
    /// The longest life of a scoped token, in seconds.
    package let maximumLifetime: Int
    /// Told which secret of which repository cannot be had, and why.
    package let valueFailed: @Sendable (_ path: SecretPath, _ repository: String, _ why: Diagnostic) -> Void
    /// Seconds since the Unix epoch.
    package let now: @Sendable () -> Int64

    /// Brings the parts together.
    package init(
        issuers: IssuerRegistry,
        policies: PolicyLibrary,
        tokens: any TokenStore,
        audit: any AuditSink,
        values: any ValueSource,
        metrics: BrokerMetrics,
        alerts: any AlertSink,
        actorFailures: FailureLimiter? = nil,
        administrators: Administrators = .none,
        maximumLifetime: Int = 900,
        valueFailed: @escaping @Sendable (SecretPath, String, Diagnostic) -> Void = { _, _, _ in },
        now: @escaping @Sendable () -> Int64
    ) {
        self.issuers = issuers
        self.policies = policies
        self.tokens = tokens
        self.audit = audit
        self.values = values
        self.metrics = metrics
        self.alerts = alerts
        self.actorFailures = actorFailures ?? FailureLimiter(limit: 0, seconds: 1, now: now)
        self.administrators = administrators
        self.maximumLifetime = maximumLifetime
        self.valueFailed = valueFailed
        self.now = now
    }
}

// MARK: - The record

extension BrokerCore {
    /// Records events; where that fails, nothing may leave.
    func record(_ events: [AuditEvent]) async throws(Refusal) {
        do throws(AuditError) {
            try await audit.record(events)
        } catch {
            metrics.count(.auditFailure)
            await alerts.raise(Alert(.auditFailure, detail: error.code.rawValue))
            throw .unavailable(.audit)
        }
    }

    /// Counts a refusal of a verified job; the broker's own failures are not the job's.
    func noteFailure(of actor: String?, _ refusal: Refusal) async {
        guard refusal.code != .unavailable, let actor, actorFailures.fail(actor) else { return }
        await alerts.raise(Alert(.failedAuthentications, detail: actor))
    }

    /// Records a refusal, and returns what the client is told: the refusal, or that the broker cannot record it.
    func refused(
        _ refusal: Refusal,
        _ origin: RequestOrigin,
        as kind: AuditEventKind = .tokenRefused,
        fill: (inout AuditEvent) -> Void = { _ in }
    ) async -> Refusal {
        metrics.count(.refusal(refusal.reason))
        var event = AuditEvent(kind, refusal.code == .unavailable ? .error : .failure, reason: refusal.reason)
        event.source = AuditEvent.Source(address: origin.address, userAgent: origin.userAgent)
        event.actor = AuditActor { ["sub": "(not verified)"][$0] }
        event.object = AuditEvent.Object(name: "(none)")
        fill(&event)
        do throws(Refusal) { try await record([event]) } catch { return error }
        return refusal
    }
}
