import Foundation
import HTTPTransport
import InjectTesting
import OIDC
import Secrets
import Testing

@Suite("An issuer of another maker")
struct IndependentIssuerTests {
    @Test("its token, got by its own protocol, is verified through its discovery document and key set")
    func verified() async throws {
        let provider = try OIDCProviderMock()
        let client = CurlClient()
        let token = try UnverifiedToken(try await provider.idToken(subject: "alice", client: client))
        let issuer = IssuerConfiguration(issuer: provider.url)
        let keys = JWKSCache(issuer, http: client, trustsLoopback: true, now: Self.now)
        let verifier = TokenVerifier(issuer: issuer, keys: keys, now: Self.now)
        let verified = try await verifier.verify(token, audience: OIDCProviderMock.clientID)
        #expect(verified.subject == Array("alice".utf8))
        #expect(verified.issuer == provider.url)
        await expectDiagnostic("token-wrong-audience") { try await verifier.verify(token, audience: "other") }
    }

    @Test("its token does not pass for one of the same maker's other issuer")
    func otherInstance() async throws {
        let (one, two) = (try OIDCProviderMock(), try OIDCProviderMock())
        let client = CurlClient()
        let token = try UnverifiedToken(try await one.idToken(subject: "alice", client: client))
        let issuer = IssuerConfiguration(issuer: two.url)
        let keys = JWKSCache(issuer, http: client, trustsLoopback: true, now: Self.now)
        await expectDiagnostic("token-wrong-issuer") {
            try await TokenVerifier(issuer: issuer, keys: keys, now: Self.now)
                .verify(token, audience: OIDCProviderMock.clientID)
        }
    }

    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
}
