import AWSClient
import Diagnostics
import Foundation
import HTTPTransport
import InjectTesting
import OIDC
import Policy
import Secrets
import Synchronization

@testable import TokenExchange

/// A verified job, a policy and a fake STS: moto checks neither tokens nor policies, so what is sent is looked at here.
final class ExchangeFixture: Sendable {
    static let role = "arn:aws:iam::111122223333:role/ci/inject-staging"

    let policy: PolicyFile
    let identity: JobIdentity
    let sts: LoopbackServer
    let waits = Mutex<[String]>([])
    private let folder: String

    /// `grants` are lines below `grants:`, and every secret of `secrets` is in them.
    init(
        grant when: String = "event_name: push, ref: refs/heads/main",
        secrets: [String] = ["aws-sm:shop/db"],
        claims: [(name: String, value: String)] = ExchangeFixture.claims,
        answers: [LoopbackReply] = []
    ) async throws {
        policy = try Self.policy(when, secrets)
        let folder = try TemporaryFolder()
        self.folder = folder.url.path
        identity = try await Self.identity(claims, folder: folder.url.path)
        let count = Atomic<Int>(0)
        let steps = answers.isEmpty ? [Self.session] : answers
        sts = try LoopbackServer { _ in
            steps[min(count.wrappingAdd(1, ordering: .relaxed).oldValue, steps.count - 1)]
        }
    }

    static let claims = [
        (name: "repository", value: "acme/shop"), (name: "repository_id", value: "456789"),
        (name: "event_name", value: "push"), (name: "ref", value: "refs/heads/main"),
        (name: "run_id", value: "77"), (name: "run_attempt", value: "2"),
    ]

    var granted: [GrantedSecret] {
        policy.environments.flatMap { environment in
            environment.secrets.compactMap { secret in
                environment.grants.first { $0.reads(secret.name) }.map { GrantedSecret(secret: secret, grant: $0) }
            }
        }
    }

    /// Exchanges the identity; a renewed token is the same one, and may be refused.
    func exchange(renewing: Bool = true) async throws -> [ScopedSession] {
        var settings = try AWSSettings(region: "eu-west-1")
        try settings.override(.sts, with: sts.url, from: "test")
        let clock = RetryClock(milliseconds: { 0 }, sleep: { _ in }, chance: { 1 })
        let outside = AWSConnection.Surroundings(
            now: { 1_800_000_000 },
            clock: clock,
            onWait: { wait in self.waits.withLock { $0.append(wait.text) } }
        )
        let connection = AWSConnection(settings, http: CurlClient(), surroundings: outside)
        let identity = identity
        return try await AWSExchange(role: Self.role, connection: connection, policy: policy) {
            renewing ? identity : nil
        }.sessions(of: granted, as: identity)
    }

    static func policy(_ when: String, _ references: [String]) throws -> PolicyFile {
        let names = references.indices.map { "SECRET_\($0)" }
        let secrets = zip(names, references).map { "      \($0): { from: \"\($1)\" }" }.joined(separator: "\n")
        let text = """
            version: "1"
            repository: acme/shop
            repository_id: "456789"
            environments:
              staging:
                exchange: { aws: { role: "\(role)", region: eu-west-1 } }
                secrets:
            \(secrets)
                grants:
                  - { id: staging-deploy, when: { \(when) }, read: [\(names.joined(separator: ", "))], ttl: 20m }

            """
        return try PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(text.utf8)))
    }

    static func identity(_ claims: [(name: String, value: String)], folder: String) async throws -> JobIdentity {
        let issuer = try LocalIssuer(folder: folder)
        let audience = "sts.amazonaws.com"
        let token = try issuer.token(FakeClaims(claims, audience: audience, now: 1_800_000_000))
        let verifier = TokenVerifier(issuer: .local, keys: try issuer.keySource(), now: { 1_800_000_000 })
        let verified = try await verifier.verify(token, audience: audience)
        return JobIdentity(token: verified, audience: audience, credential: token.bytes)
    }

    static let session = LoopbackReply.text(
        """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleWithWebIdentityResult>
            <Credentials>
              <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>
              <SecretAccessKey>wJalrXUtnFEMI</SecretAccessKey>
              <SessionToken>session-token</SessionToken>
              <Expiration>2027-01-15T08:20:00Z</Expiration>
            </Credentials>
          </AssumeRoleWithWebIdentityResult>
        </AssumeRoleWithWebIdentityResponse>
        """
    )

    /// An error as STS words it.
    static func error(_ code: String, _ message: String = "because", status: Int = 400) -> LoopbackReply {
        .text(
            """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message></Error>
              <RequestId>0f3e</RequestId>
            </ErrorResponse>
            """,
            status: status
        )
    }

    /// A member of the form of a request, decoded.
    func form(_ index: Int = 0) -> [String: String] {
        let fields = String(decoding: sts.requests[index].body, as: UTF8.self).split(separator: "&")
        return Dictionary(
            fields.map { field in
                let parts = field.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
                return (parts[0], parts[1])
            }
        ) { first, _ in first }
    }
}
