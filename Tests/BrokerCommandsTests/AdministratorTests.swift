import Foundation
import HTTPTransport
import InjectTesting
import Secrets
import Testing

@Suite("inject-broker: administrators")
struct AdministratorTests {
    private static let credential = "4d0b6f3b5c1e5d9f7a2c8e0f1b3d5a79"

    private static func bench() throws -> BrokerBench {
        let other = try Digests.sha256("another")
        return try BrokerBench(
            extra: """
                administrators: { audit: "\(other)", ops: "\(Digests.sha256(credential))" }
                limits: { failures: "3" }
                """)
    }

    private static func ask(_ bench: BrokerBench, _ token: String, as bearer: String?) async throws
        -> BrokerBench.Answer
    {
        let response = try await bench.send(
            .post, "/v1/introspect", type: "application/x-www-form-urlencoded", bearer: bearer, body: "token=\(token)")
        return BrokerBench.Answer(status: response.status, body: response.body.exposedText)
    }

    private static let inactive = BrokerBench.Answer(status: 200, body: #"{"active":false}"#)

    @Test("one may ask about any token, by the token or by its SHA-256, and is who the record names")
    func asks() async throws {
        let bench = try Self.bench()
        let token = try await bench.accessToken()
        let digest = try Digests.sha256(token)
        for name in [token, digest] {
            let answer = try await Self.ask(bench, name, as: Self.credential)
            #expect(answer["active"] as? Bool == true && answer["scope"] as? String == "prod/API_KEY prod/TLS_KEY")
            #expect(answer["repository"] as? String == "acme/shop" && answer["grant"] as? String == "deploy")
            #expect(answer["run_id"] as? String == "99")
            let record = try #require(bench.audit().last)
            #expect(record.contains(#""event":"token.inspected","outcome":"success""#))
            #expect(record.contains(#""actor":{"iss":"inject-broker","sub":"administrator ops"}"#))
            #expect(record.contains(#""token_sha256":"\#(digest)""#))
        }
        _ = try await bench.form("/v1/revoke", [("token", token)])
        for name in [digest, "nonsense"] {
            #expect(try await Self.ask(bench, name, as: Self.credential) == Self.inactive)
            let record = try #require(bench.audit().last)
            #expect(record.contains(#""outcome":"failure","reason":"unknown-or-revoked""#))
            #expect(record.contains(#""sub":"administrator ops""#))
        }
        #expect(try !bench.audit().joined().contains(Self.credential) && !bench.broker.logged.contains(Self.credential))
    }

    @Test("a holder is told what he was told before, and learns nothing by a SHA-256")
    func holder() async throws {
        let bench = try Self.bench()
        let token = try await bench.accessToken()
        for bearer in [nil, token] {
            let answer = try await Self.ask(bench, token, as: bearer)
            #expect(answer["active"] as? Bool == true && answer["grant"] == nil && answer["repository"] == nil)
            #expect(try await Self.ask(bench, Digests.sha256(token), as: bearer) == Self.inactive)
        }
        #expect(try !bench.audit().joined().contains("administrator"))
    }

    @Test("any other credential is refused, recorded and counted")
    func others() async throws {
        let bench = try Self.bench()
        let token = try await bench.accessToken()
        for bearer in try [Self.credential.uppercased(), Digests.sha256(Self.credential), Self.credential + "0"] {
            let answer = try await Self.ask(bench, token, as: bearer)
            #expect(answer.status == 401 && answer.error == "invalid_token", "\(answer)")
            #expect(try bench.events().last == "token.refused failure not-an-administrator")
        }
        #expect(try await Self.ask(bench, token, as: Self.credential).status == 429)
    }

    @Test("the metadata says whether there are any")
    func metadata() async throws {
        for (bench, methods) in [(try Self.bench(), #"["none","Bearer"]"#), (try BrokerBench(), #"["none"]"#)] {
            let text = try await bench.send(.get, "/.well-known/oauth-authorization-server").body.exposedText
            #expect(text.contains(#""introspection_endpoint_auth_methods_supported":\#(methods)"#), "\(text)")
        }
    }
}
