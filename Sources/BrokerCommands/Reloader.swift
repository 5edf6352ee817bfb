internal import Audit
internal import Broker
internal import BrokerServer
internal import Diagnostics
internal import Logging

/// Reads policies and certificate anew, each all or nothing, on a signal or once their files have changed.
actor Reloader {
    private let policies: PolicyLibrary
    private let certificate: ServerCertificate?
    private let core: BrokerCore
    private let audit: AuditLog
    private let logger: Logger
    private var policyWatch: FileWatch
    private var certificateWatch: FileWatch

    init(
        policies: (library: PolicyLibrary, watch: FileWatch),
        certificate: (current: ServerCertificate?, watch: FileWatch),
        core: BrokerCore,
        audit: AuditLog,
        logger: Logger
    ) {
        (self.policies, policyWatch) = policies
        (self.certificate, certificateWatch) = certificate
        self.core = core
        self.audit = audit
        self.logger = logger
    }

    /// Reads everything.
    func reload() async {
        policyWatch.willRead()
        certificateWatch.willRead()
        await reloadPolicies()
        await reloadCertificate()
    }

    /// Looks at the files, and reads those that have changed.
    func look() async {
        if policyWatch.isDue() { await reloadPolicies() }
        if certificateWatch.isDue() { await reloadCertificate() }
    }

    private func reloadPolicies() async {
        var event = AuditEvent(.policiesLoaded, .error, reason: "refused")
        do throws(DiagnosticList) {
            try policies.reload()
            event = policies.loadedEvent
        } catch {
            for diagnostic in error.diagnostics {
                logger.error("policies refused", metadata: ["diagnostic": "\(diagnostic.text)"])
            }
            await core.alerts.raise(Alert(.policiesRefused, detail: "the last good ones stay in force"))
        }
        core.metrics.count(.reload(isGood: event.outcome == .success))
        await record(event)
        logger.notice("policies read", metadata: ["outcome": "\(event.outcome.rawValue)"])
    }

    private func reloadCertificate() async {
        guard let certificate else { return }
        var event = AuditEvent(.certificateLoaded, .success)
        do { try certificate.reload() } catch {
            event = AuditEvent(.certificateLoaded, .error, reason: "refused")
            logger.error("certificate refused", metadata: ["reason": "\(error)"])
            await core.alerts.raise(Alert(.certificateRefused, detail: "the one before stays in use"))
        }
        event.object = AuditEvent.Object(name: "certificate")
        core.metrics.count(.certificate(isGood: event.outcome == .success))
        await record(event)
        logger.notice("certificate read", metadata: ["outcome": "\(event.outcome.rawValue)"])
    }

    private func record(_ event: AuditEvent) async {
        do throws(AuditError) { try await audit.appendAsSystem(event) } catch {
            core.metrics.count(.auditFailure)
            logger.critical("a reload could not be recorded")
        }
    }
}
