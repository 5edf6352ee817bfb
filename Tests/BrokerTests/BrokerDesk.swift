import Audit
import Broker
import Foundation
import HTTPTransport
import InjectTesting
import JOSE
import OIDC
import Secrets
import Testing

/// A broker's services in this process, on a clock that the test moves, with an issuer whose keys and faults it chooses.
struct BrokerDesk {
    let folder: TemporaryFolder
    let issuer: FakeIssuer
    let clock: FakeClock
    let core: BrokerCore
    /// The log, which the test can break.
    let log: BrittleLog
    let alerts = AlertList()
    let origin = RequestOrigin(address: "192.0.2.1", userAgent: "test")

    init(start: Int64 = 1_795_489_200) async throws {
        let (folder, issuer, clock) = (try TemporaryFolder(), try FakeIssuer(), FakeClock(start))
        let policy = PolicyFolderTests.policy("acme/shop").replacing(
            "repository: acme/shop", with: "issuer: \"\(issuer.url)\"\nrepository: acme/shop")
        try folder.write("policies/acme/shop/inject.yaml", policy)
        try folder.write("policies/acme/shop/api_key", "value")
        let now: @Sendable () -> Int64 = { clock.now }
        var configuration = IssuerConfiguration(issuer: issuer.url)
        configuration.algorithms = [.es256]
        let keys = JWKSCache(configuration, http: CurlClient(), trustsLoopback: true, now: now)
        var settings = AuditLog.Settings(
            path: folder.path("audit.jsonl"), broker: AuditBroker(id: "one", version: "0"), account: "uid 0",
            signer: nil, milliseconds: { clock.now * 1000 })
        settings.bytesPerSegment = nil
        log = BrittleLog(try AuditLog(settings))
        core = BrokerCore(
            issuers: IssuerRegistry([(configuration, keys)], audience: "https://broker", now: now),
            policies: try PolicyLibrary(PolicyFolder(path: folder.path("policies"), baseline: nil)),
            tokens: InMemoryTokenStore(),
            audit: log,
            values: FileValueSource(keys: []),
            metrics: BrokerMetrics(),
            alerts: alerts,
            now: now
        )
        (self.folder, self.issuer, self.clock) = (folder, issuer, clock)
    }

    func token(
        signedBy signer: JWSSigner? = nil,
        repository: String = "acme/shop",
        environment: String? = nil,
        hasID: Bool = true
    ) throws -> SecretBytes {
        let now = clock.now
        let payload = """
            {"iss":"\(issuer.url)","aud":"https://broker","sub":"repo:\(repository):ref:refs/heads/main",\
            \(hasID ? #""jti":"\#(UUID())","# : "")"iat":\(now),"nbf":\(now),"exp":\(now + 300),\
            "repository":"\(repository)",\(environment.map { #""environment":"\#($0)","# } ?? "")"event_name":"push",\
            "ref":"refs/heads/main"}
            """
        return try (signer ?? issuer.signer).sign(payload: Array(payload.utf8))
    }

    /// What became of an exchange: the scope, or the reason of the refusal.
    func exchange(_ token: SecretBytes) async -> String {
        do throws(Refusal) {
            return try await ExchangeService(core).exchange(token, scope: nil, from: origin).issued.scope
        } catch {
            return error.reason
        }
    }

    /// Exchanges a good token, and expects an answer.
    func expect(_ answer: String, at location: SourceLocation = #_sourceLocation) async throws {
        let found = await exchange(try token())
        #expect(found == answer, sourceLocation: location)
    }
}
