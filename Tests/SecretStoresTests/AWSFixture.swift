import AWSClient
import Diagnostics
import Foundation
import HTTPTransport
import InjectTesting
import SecretStores
import Secrets
import Testing

/// AWS by another maker, and a session that signs as anybody.
struct AWSFixture {
    let moto: MotoServer
    let session: AWSSession
    /// A part of every name, so that tests that share a server do not meet.
    let prefix = "t-" + UUID().uuidString.lowercased()

    init(_ moto: MotoServer, endpoint: String? = nil, region: String = "eu-west-1") throws {
        self.moto = moto
        session = try Self.session(endpoint ?? moto.url, region: region)
    }

    static func session(
        _ url: String,
        region: String = "eu-west-1",
        http: any HTTPClient = CurlClient()
    ) throws -> AWSSession {
        var settings = try AWSSettings(region: region)
        for service in AWSService.allCases { try settings.override(service, with: url, from: "test") }
        let clock = RetryClock(milliseconds: { 0 }, sleep: { _ in }, chance: { 1 })
        let outside = AWSConnection.Surroundings(now: { Int64(Date().timeIntervalSince1970) }, clock: clock)
        let credentials = AWSCredentials(
            accessKeyID: "AKIAIOSFODNN7EXAMPLE",
            secretAccessKey: try .of("wJalrXUtnFEMI"),
            sessionToken: nil
        )
        return AWSSession(
            connection: AWSConnection(settings, http: http, surroundings: outside),
            credentials: StaticCredentials(credentials)
        )
    }

    /// Calls botocore; `args` are the lines' own.
    @discardableResult
    func seed(_ lines: String) throws -> String { try moto.seed(lines) }

    /// Fetches references under names of their own; the values in the same order.
    static func fetch(
        _ references: [SecretReference],
        from store: any SecretStore
    ) async throws -> [Result<String, Diagnostic>] {
        let requests = try references.enumerated().map { index, reference in
            SecretRequest(name: try #require(SecretName("NAME_\(index)")), reference: reference)
        }
        let answers = await store.fetch(requests)
        return try requests.map { try #require(answers[$0.name]).map(\.exposedText) }
    }

    /// Fetches one text as the policy writes it.
    func fetch(_ texts: String...) async throws -> [Result<String, Diagnostic>] {
        let references = try texts.map { try SecretReference(parsing: $0) }
        let isParameter = texts.allSatisfy { $0.hasPrefix("aws-ssm:") }
        let store: any SecretStore = isParameter ? ParameterStore(session) : SecretsManagerStore(session)
        return try await Self.fetch(references, from: store)
    }
}
