import InjectTesting
import JOSE
import Secrets
import Testing

@Suite("inject-broker: issuers")
struct IssuerTests {
    @Test(
        "an issuer signs as its configuration says, and not otherwise", arguments: [nil, "[ES256]", "[RS256, EdDSA]"])
    func algorithms(allowed: String?) async throws {
        let issuer = try FakeIssuer()
        let bench = try BrokerBench(extra: allowed.map { "algorithms: \($0)" } ?? "", issuerName: issuer.url)
        let token = try issuer.signer.sign(payload: bench.payload([("iss", "\"\(issuer.url)\"")])).exposedText
        let answer = try await bench.exchange(token)
        #expect(answer.status == (allowed == "[ES256]" ? 200 : 400))
        #expect(
            try bench.events() == [
                allowed == "[ES256]" ? "token.issued success" : "token.refused failure token-algorithm"
            ])
    }
}
