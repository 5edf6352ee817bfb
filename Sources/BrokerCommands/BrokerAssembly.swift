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
    let policies: PolicyLibrary
    let server: BrokerServer
    let logger: Logger

    /// Opens everything; what cannot be opened is said, and nothing serves.
    static func make(_ configuration: BrokerConfiguration) async throws -> BrokerAssembly {
        try configuration.server.tls.map(check)
        let logger = BrokerLog.logger("broker", level: configuration.logLevel)
        let policies = try PolicyLibrary(
            PolicyFolder(path: configuration.policyFolder, baseline: configuration.baseline))
        let values = FileValueSource(keys: [try ageKeys(configuration.ageKeys)])
        let audit = try log(configuration)
        let (tokens, isNew) = try await store(configuration)
        try await recordStart(audit, tokens, policies, isNew: isNew)
        let http = CurlClient(CurlClient.Configuration(userAgent: "inject-broker/\(BrokerVersion.text)"))
        let metrics = BrokerMetrics()
        let alerts = AlertDispatcher(metrics: metrics, logger: logger, http: http, webhook: configuration.webhook)
        let core = BrokerCore(
            issuers: issuers(configuration, http),
            policies: policies,
            tokens: tokens,
            audit: audit,
            values: values,
            metrics: metrics,
            alerts: alerts,
            maximumLifetime: configuration.maximumLifetime,
            now: BrokerClock.seconds
        )
        let limiter = FailureLimiter(
            limit: configuration.failures, seconds: configuration.failureWindow, now: BrokerClock.seconds)
        let readiness = Readiness(tokens: tokens, policies: policies)
        let router = BrokerRouter(core, limiter: limiter, url: configuration.url, readiness: readiness)
        let server = BrokerServer(
            configuration.server, router: router,
            metrics: { metrics.text(policiesAreStale: policies.isStale, connections: $0) }, logger: logger)
        return BrokerAssembly(core: core, audit: audit, policies: policies, server: server, logger: logger)
    }

    /// Reads what can be read without opening the state or the log.
    static func check(_ configuration: BrokerConfiguration) throws -> PolicySet {
        try configuration.server.tls.map(check)
        _ = try ageKeys(configuration.ageKeys)
        _ = try configuration.auditKey.map(AuditKeyFile.signer)
        return try PolicyFolder(path: configuration.policyFolder, baseline: configuration.baseline).load()
    }

    private static func check(_ tls: ServerSettings.TLS) throws {
        do { try tls.check() } catch {
            throw Diagnostic(
                .brokerConfiguration, "the certificate `\(tls.certificate)` and its key cannot be used",
                [.help("name a certificate and its own private key, both in PEM")])
        }
    }

    private static func ageKeys(_ path: String?) throws -> AgeKeyRing {
        guard let path else { return AgeKeyRing() }
        let text: SecretBytes
        do throws(SecretFileError) { text = try SecretBytes.contents(ofFile: path, limit: 64 * 1024) } catch {
            throw Diagnostic(
                .ageIdentityMalformed, "the age identities in `\(path)` cannot be read: \(error.reason)",
                [.help("name another file in `age_keys`")])
        }
        return try AgeKeyRing(text, from: "`\(path)`")
    }

    private static func log(_ configuration: BrokerConfiguration) throws -> AuditLog {
        let settings = AuditLog.Settings(
            path: configuration.auditFile,
            broker: AuditBroker(id: configuration.node, version: BrokerVersion.text),
            account: "uid \(getuid())",
            signer: try configuration.auditKey.map(AuditKeyFile.signer),
            recordsPerCheckpoint: configuration.recordsPerCheckpoint,
            milliseconds: BrokerClock.milliseconds
        )
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
        } catch {
            throw Diagnostic(
                .brokerConfiguration, "the state cannot be opened",
                [.help("check in `state` that its place is there and that this account may write to it")])
        }
    }

    private static func recordStart(
        _ audit: AuditLog,
        _ tokens: any TokenStore,
        _ policies: PolicyLibrary,
        isNew: Bool
    ) async throws {
        if isNew {
            var event = AuditEvent(.stateCreated, .success)
            event.object = AuditEvent.Object(name: "state")
            try await audit.appendAsSystem(event)
        }
        for token in try await tokens.takeBackUnrecorded() {
            var event = AuditEvent(.tokenInterrupted, .error, reason: "stopped-before-its-record")
            event.tokenDigest = token.digest.hexadecimal
            event.object = AuditEvent.Object(name: token.scope)
            try await audit.appendAsSystem(event)
        }
        try await audit.appendAsSystem(policies.loadedEvent)
    }

    private static func issuers(_ configuration: BrokerConfiguration, _ http: any HTTPClient) -> IssuerRegistry {
        let issuers = configuration.issuers.map { issuer -> (IssuerConfiguration, any KeySource) in
            let own: IssuerConfiguration =
                switch issuer {
                case .github: .github
                case .gitlab: .gitlab()
                case .url(let url): .known(issuer: url) ?? IssuerConfiguration(issuer: url)
                }
            let trusts = configuration.trustsLocalIssuer
            return (own, JWKSCache(own, http: http, trustsLoopback: trusts, now: BrokerClock.seconds))
        }
        return IssuerRegistry(issuers, audience: configuration.audience, now: BrokerClock.seconds)
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
