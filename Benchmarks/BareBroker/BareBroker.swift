import Audit
import Broker
import BrokerServer
import EncryptedFile
import Foundation
import HTTPTransport
import Hummingbird
import Logging
import OIDC

/// The broker's server and services with a state in memory and a log that discards, for the ratio to the server's hello.
///
/// `BareBroker POLICIES ISSUER`; no configuration of the broker can ask for this.
@main
struct BareBroker {
    private struct Discarding: AuditSink, AlertSink {
        func check() async throws(AuditError) {}
        func record(_ events: [AuditEvent]) async throws(AuditError) {}
        func raise(_ alert: Alert) async {}
    }

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { throw CocoaError(.fileNoSuchFile) }
        let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
        let issuer = IssuerConfiguration(issuer: arguments[2])
        let keys = JWKSCache(issuer, http: CurlClient(), trustsLoopback: true, now: now)
        let policies = try PolicyLibrary(PolicyFolder(path: arguments[1], baseline: nil))
        let tokens = InMemoryTokenStore()
        let core = BrokerCore(
            issuers: IssuerRegistry([(issuer, keys)], audience: "http://127.0.0.1", now: now),
            policies: policies, tokens: tokens, audit: Discarding(), values: FileValueSource(keys: [AgeKeyRing()]),
            metrics: BrokerMetrics(), alerts: Discarding(), now: now)
        let router = BrokerRouter(
            core, limiter: FailureLimiter(limit: 0, seconds: 60, now: now), url: "http://127.0.0.1",
            readiness: Readiness(core))
        let logger = BrokerLog.logger("broker", level: "notice")
        let server = BrokerServer(
            ServerSettings(host: "127.0.0.1", port: 0, tls: nil, isBehindProxy: false), certificate: nil,
            router: router,
            metrics: { _ in "" }, logger: logger)
        async let hello: Void = serveHello(logger)
        try await server.run { logger.notice("listening", metadata: ["address": "\($0)"]) }
        try await hello
    }

    /// What Hummingbird's own introduction shows, for the anchor.
    private static func serveHello(_ logger: Logger) async throws {
        let router = Router()
        router.get("hello") { _, _ in "Hello" }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                logger.notice("hello", metadata: ["address": "127.0.0.1:\(channel.localAddress?.port ?? 0)"])
            },
            logger: Logger(label: "hello") { _ in SwiftLogNoOpLogHandler() }
        )
        try await application.runService()
    }
}
