import AWSClient
import Diagnostics
import Foundation
import InjectTesting
import OIDC
import Policy
import Secrets
import Synchronization
import Testing

@testable import TokenExchange

@Suite("Exchange with AWS")
struct AWSExchangeTests {
    @Test("a token becomes a session: one unsigned form, with name, policy and the grant's time")
    func exchange() async throws {
        let fixture = try await ExchangeFixture()
        let credentials = try #require(try await fixture.exchange().first).credentials
        #expect(credentials.accessKeyID == "ASIAIOSFODNN7EXAMPLE")
        #expect(credentials.expiration == 1_800_001_200)
        #expect(fixture.sts.requests.count == 1)
        #expect(fixture.sts.requests[0].header("authorization") == nil)
        let form = fixture.form()
        #expect(form["Action"] == "AssumeRoleWithWebIdentity" && form["Version"] == "2011-06-15")
        #expect(form["RoleArn"] == ExchangeFixture.role)
        #expect(form["RoleSessionName"] == "inject-456789-77-2")
        #expect(form["DurationSeconds"] == "1200")
        #expect(form["Policy"]?.contains("secret:shop/db-??????") == true)
        #expect(form["WebIdentityToken"] == fixture.identity.credential.exposedText)
    }

    @Test("secrets whose policy would be too long get a session for each part, and each of them in one alone")
    func parts() async throws {
        let references = (0..<50).map { "aws-sm:shop/staging/number-\($0)" }
        let fixture = try await ExchangeFixture(secrets: references)
        let sessions = try await fixture.exchange()
        #expect(sessions.map(\.secrets.count).sorted() == [10, 20, 20])
        #expect(fixture.sts.requests.count == 3)
        let names = sessions.flatMap { $0.secrets.map(\.secret.name.text) }
        #expect(names.sorted() == fixture.granted.map(\.secret.name.text).sorted())
        for index in 0..<3 { #expect((fixture.form(index)["Policy"]?.count ?? 9999) <= 2048) }
    }

    @Test("where AWS holds nothing that was granted, STS is not asked")
    func nothing() async throws {
        let fixture = try await ExchangeFixture(secrets: ["file:secrets/a"])
        #expect(try await fixture.exchange().isEmpty)
        #expect(fixture.sts.requests.isEmpty)
    }

    @Test(
        "a token that AWS calls too old is replaced once, in either spelling of the code",
        arguments: ["ExpiredTokenException", "ExpiredToken", "InvalidIdentityToken"]
    )
    func renewed(code: String) async throws {
        let once = try await ExchangeFixture(answers: [ExchangeFixture.error(code), ExchangeFixture.session])
        #expect(try await once.exchange().count == 1)
        #expect(once.sts.requests.count == 2)
        let always = try await ExchangeFixture(answers: [ExchangeFixture.error(code)])
        let error = await #expect(throws: Diagnostic.self) { try await always.exchange() }
        #expect(error?.id == .exchangeRefused)
        #expect(always.sts.requests.count == 2)
        let given = try await ExchangeFixture(answers: [ExchangeFixture.error(code)])
        await #expect(throws: Diagnostic.self) { try await given.exchange(renewing: false) }
        #expect(given.sts.requests.count == 1)
    }

    @Test("an issuer that AWS did not reach is tried again, though the status says that the request is wrong")
    func issuerUnreachable() async throws {
        let slow = ExchangeFixture.error("IDPCommunicationError", "slow")
        let fixture = try await ExchangeFixture(answers: [slow, slow, ExchangeFixture.session])
        #expect(try await fixture.exchange().count == 1)
        #expect(
            fixture.waits.withLock { $0 } == [
                "waiting 0.1 s: STS answered IDPCommunicationError (2/6)",
                "waiting 0.1 s: STS answered IDPCommunicationError (3/6)",
            ]
        )
    }

    @Test("a job that the role does not trust sees its claims beside those that the grants need, and no token")
    func denied() async throws {
        let refusal = ExchangeFixture.error("AccessDenied", "Not authorized to perform it", status: 403)
        let fixture = try await ExchangeFixture(answers: [refusal])
        let error = try #require(await #expect(throws: Diagnostic.self) { try await fixture.exchange() })
        #expect(
            error.text == """
                inject: error[exchange-refused]: AWS does not let this job become `\(ExchangeFixture.role)`
                  = note: STS AssumeRoleWithWebIdentity answered AccessDenied: Not authorized to perform it (request 0f3e)
                  = note: the role's trust policy sees the left column, and has to accept it:
                          claim             this job's token says                               the grants need
                          aud               sts.amazonaws.com                                   sts.amazonaws.com
                          sub               repo:acme/shop:ref:refs/heads/main                  repo:acme/shop:* or \
                repo:acme@*/shop@456789:*
                          repository_id     456789                                              456789
                          environment       -                                                   anything
                          ref               refs/heads/main                                     refs/heads/main
                          job_workflow_ref  acme/shop/.github/workflows/ci.yml@refs/heads/main  anything
                          repository        acme/shop                                           acme/shop
                  = help: compare with what the role trusts:
                          aws iam get-role --role-name inject-staging --query Role.AssumeRolePolicyDocument

                """
        )
        #expect(fixture.sts.requests.count == 1)
    }

    @Test("AWS sees `aud` and `sub` of another issuer's tokens, and nothing else is compared")
    func otherIssuer() async throws {
        let text = """
            version: "1"
            issuer: gitlab
            repository: acme/shop
            environments:
              staging:
                secrets: { KEY: { from: "aws-sm:k" } }
                grants: [{ id: a, when: { ref_path: refs/heads/main }, read: KEY }]
            """
        let policy = try PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(text.utf8)))
        let grants = policy.environments.flatMap(\.grants)
        #expect(
            TrustTable(try await ExchangeFixture().identity, grants: grants, policy: policy).text == """
                claim  this job's token says               the grants need
                aud    sts.amazonaws.com                   sts.amazonaws.com
                sub    repo:acme/shop:ref:refs/heads/main  anything
                """
        )
    }

    @Test(
        "each error of STS says what to do, once",
        arguments: [
            ("IDPRejectedClaim", 403, "identity provider"), ("PackedPolicyTooLarge", 400, "split the grants"),
            ("MalformedPolicyDocument", 400, "report this"), ("RegionDisabledException", 403, "another `region`"),
            ("ValidationError", 400, "maximum session duration"),
            ("InvalidIdentityToken", 400, "aws iam create-open-id-connect-provider"),
        ]
    )
    func refusals(code: String, status: Int, help: String) async throws {
        let fixture = try await ExchangeFixture(answers: [ExchangeFixture.error(code, status: status)])
        let error = try #require(
            await #expect(throws: Diagnostic.self) { try await fixture.exchange(renewing: false) }
        )
        #expect(error.id == .exchangeRefused && error.text.contains(help), "\(error.text)")
        #expect(fixture.sts.requests.count == 1)
    }

    @Test("no diagnostic repeats the token, even where STS does")
    func echoed() async throws {
        let token = try await ExchangeFixture().identity.credential.exposedText
        for code in ["AccessDenied", "InvalidIdentityToken", "Unheard"] {
            let fixture = try await ExchangeFixture(answers: [ExchangeFixture.error(code, "bad token \(token)")])
            let error = await #expect(throws: Diagnostic.self) { try await fixture.exchange() }
            let payload = token.split(separator: ".")[1]
            #expect(error?.text.contains("bad token …") == true)
            #expect(error?.text.contains(payload) == false)
        }
    }

    @Test("a role's ARN that is cut short is refused before anything is sent")
    func role() async throws {
        let fixture = try await ExchangeFixture()
        let settings = try AWSSettings(region: "eu-west-1")
        let connection = AWSConnection(settings, http: NoHTTP(), surroundings: .init(now: { 0 }))
        let error = #expect(throws: Diagnostic.self) {
            _ = try AWSExchange(role: "arn:aws:iam::1111:role/x", connection: connection, policy: fixture.policy) {
                nil
            }
        }
        #expect(error?.id == .awsRequestMalformed)
    }

    @Test(
        "a role of another partition than the region is refused before anything is sent",
        arguments: [
            ("aws-cn", "eu-west-1", "aws", "cn-north-1"), ("aws", "cn-north-1", "aws-cn", "eu-west-1"),
            ("aws-us-gov", "us-east-1", "aws", "us-gov-east-1"),
        ]
    )
    func partition(ofRole: String, region: String, ofRegion: String, rightRegion: String) async throws {
        let fixture = try await ExchangeFixture()
        let settings = try AWSSettings(region: region)
        let connection = AWSConnection(settings, http: NoHTTP(), surroundings: .init(now: { 0 }))
        let role = "arn:\(ofRole):iam::111122223333:role/r"
        let error = #expect(throws: Diagnostic.self) {
            _ = try AWSExchange(role: role, connection: connection, policy: fixture.policy) { nil }
        }
        #expect(
            error?.text == """
                inject: error[aws-request-malformed]: role `\(role)` is of partition `\(ofRole)`, and region `\(region)` \
                of `\(ofRegion)`
                  = help: name a region of the role's partition, or a role of the region's

                """
        )
        let there = AWSConnection(try AWSSettings(region: rightRegion), http: NoHTTP(), surroundings: .init(now: { 0 }))
        _ = try AWSExchange(role: role, connection: there, policy: fixture.policy) { nil }
    }
}
