internal import Audit
internal import Broker
internal import BrokerServer
internal import BrokerState
internal import Diagnostics
internal import EncryptedFile
internal import Glibc
internal import HTTPTransport
internal import Logging
internal import OIDC
internal import Secrets

/// The parts of a broker, made as its configuration says.
struct BrokerAssembly {
    let core: BrokerCore
    let audit: AuditLog
    let housekeeping: Housekeeping
    let server: BrokerServer
    let logger: Logger

    /// Opens everything; what cannot be opened is said, and nothing serves.
    static func make(_ configuration: BrokerConfiguration) async throws -> BrokerAssembly {
        let logger = BrokerLog.logger("broker", level: configuration.logLevel)
        let certificates = try certificate(configuration)
        let folder = folder(configuration)
        let watch = FileWatch { folder.stamps() }
        let policies = try PolicyLibrary(folder)
        let http = CurlClient(CurlClient.Configuration(userAgent: "inject-broker/\(BrokerVersion.text)"))
        let values = try stores(configuration, http)
        let audit = try log(configuration, logger)
        let (tokens, isNew) = try await store(configuration)
        try await recordStart(audit, at: configuration.auditFile, tokens, policies, isNew: isNew)
        let metrics = BrokerMetrics()
        let alerts = AlertDispatcher(
            metrics: metrics, logger: logger, http: http, webhook: configuration.webhook, node: configuration.node,
            now: BrokerClock.seconds)
        let core = BrokerCore(
            issuers: issuers(configuration, http),
            policies: policies,
            tokens: tokens,
            audit: audit,
            values: values,
            metrics: metrics,
            alerts: alerts,
            actorFailures: limiter(configuration),
            administrators: Administrators(configuration.administrators),
            maximumLifetime: configuration.maximumLifetime,
            valueFailed: { path, repository, why in
                // The message alone: a place could show a line of the file.
                logger.error(
                    "a value cannot be had",
                    metadata: ["secret": "\(path)", "repository": "\(repository)", "reason": "\(why.message)"])
            },
            now: BrokerClock.seconds
        )
        return BrokerAssembly(
            core: core,
            audit: audit,
            housekeeping: Housekeeping(
                reloader: Reloader(
                    policies: (policies, watch), certificate: certificates, core: core, audit: audit, logger: logger),
                core: core,
                audit: audit,
                retention: try retention(configuration),
                logger: logger,
                node: configuration.node,
                seconds: (looks: configuration.secondsPerLook, metrics: configuration.secondsPerMetrics)
            ),
            server: server(configuration, core, certificates.current, logger),
            logger: logger
        )
    }

    private static func server(
        _ configuration: BrokerConfiguration,
        _ core: BrokerCore,
        _ certificate: ServerCertificate?,
        _ logger: Logger
    ) -> BrokerServer {
        let readiness = Readiness(core)
        let router = BrokerRouter(core, limiter: limiter(configuration), url: configuration.url, readiness: readiness)
        return BrokerServer(
            configuration.server, certificate: certificate, router: router,
            metrics: { core.metrics.text(policiesAreStale: core.policies.isStale, connections: $0) }, logger: logger)
    }

    private static func limiter(_ configuration: BrokerConfiguration) -> FailureLimiter {
        // A wall clock that is set back would turn an address away for that long.
        FailureLimiter(
            limit: configuration.failures, seconds: configuration.failureWindow, now: BrokerClock.steadySeconds)
    }

    private static func retention(_ configuration: BrokerConfiguration) throws -> AuditRetention? {
        guard let seconds = configuration.secondsKept, let key = configuration.auditKey else { return nil }
        return AuditRetention(
            log: configuration.auditFile, seconds: seconds, key: try AuditKeyFile.signer(key).publicKey)
    }

    private static func log(_ configuration: BrokerConfiguration, _ logger: Logger) throws -> AuditLog {
        var settings = AuditLog.Settings(
            path: configuration.auditFile,
            broker: AuditBroker(id: configuration.node, version: BrokerVersion.text),
            account: "uid \(getuid())",
            signer: try configuration.auditKey.map(AuditKeyFile.signer),
            recordsPerCheckpoint: configuration.recordsPerCheckpoint,
            milliseconds: BrokerClock.milliseconds
        )
        settings.bytesPerSegment = configuration.bytesPerSegment
        settings.sidecarFailed = { number in
            let reason = number == 0 ? "unknown" : String(cString: strerror(number)).lowercased()
            logger.error("the newest checkpoint cannot be kept beside the log", metadata: ["reason": "\(reason)"])
        }
        do throws(AuditError) { return try AuditLog(settings) } catch {
            let reason = error.number == 0 ? "" : ": " + String(cString: strerror(error.number)).lowercased()
            throw Diagnostic(
                .brokerConfiguration,
                "the audit log `\(configuration.auditFile)` cannot be used: \(error.code.rawValue)\(reason)",
                [.help("nothing is served without it; `inject audit verify` says what is wrong with a log")])
        }
    }

    private static func store(
        _ configuration: BrokerConfiguration
    ) async throws -> (any TokenStore, isNew: Bool) {
        do throws(BrokerFault) {
            switch configuration.state {
            case .memory: return (InMemoryTokenStore(), false)
            case .sqlite(let path):
                let store = try SQLiteTokenStore(path: path)
                return (store, store.isNew)
            case .postgres(let address):
                let store = try await PostgresTokenStore(address: address, node: configuration.node)
                return (store, store.isNew)
            }
        } catch .laterState {
            throw Diagnostic(
                .brokerConfiguration, "the tables of `state` are of a later version than this program",
                [.help("start that version, or put back the copy of the state from before it ran: nothing was changed")]
            )
        } catch {
            throw Diagnostic(
                .brokerConfiguration, "the state cannot be opened",
                [.help("check in `state` that its place is there and that this account may write to it")])
        }
    }

    private static func recordStart(
        _ audit: AuditLog,
        at path: String,
        _ tokens: any TokenStore,
        _ policies: PolicyLibrary,
        isNew: Bool
    ) async throws {
        if isNew {
            var event = AuditEvent(.stateCreated, .success)
            event.object = AuditEvent.Object(name: "state")
            try await audit.appendAsSystem(event)
        }
        let doubtful = try await tokens.unrecorded()
        let issued = doubtful.isEmpty ? [] : try AuditLog.issuedTokens(atEndOf: path)
        for token in doubtful {
            if issued.contains(token.digest.hexadecimal) {
                try await tokens.markRecorded(token.digest)
                continue
            }
            _ = try await tokens.revoke(token.digest)
            var event = AuditEvent(.tokenInterrupted, .error, reason: "stopped-before-its-record")
            event.tokenDigest = token.digest.hexadecimal
            event.object = AuditEvent.Object(name: token.scope)
            try await audit.appendAsSystem(event)
        }
        try await audit.appendAsSystem(policies.loadedEvent)
    }
}

extension PolicyLibrary {
    /// The record of the policies that are in force.
    var loadedEvent: AuditEvent {
        var event = AuditEvent(.policiesLoaded, .success)
        event.object = AuditEvent.Object(name: current.policies.map(\.repository).joined(separator: " "))
        return event
    }
}
