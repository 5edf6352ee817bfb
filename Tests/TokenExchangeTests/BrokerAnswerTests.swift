import InjectTesting
import Secrets
import Testing

@testable import TokenExchange

/// Answers that no broker gives, but a proxy, a defect or an attacker might: each is one diagnostic, and no token is in it.
@Suite("Answers that are no broker's")
struct BrokerAnswerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let body: String
        let reason: String
        var testDescription: String { reason }
        init(_ body: String, _ reason: String) { (self.body, self.reason) = (body, reason) }
        init(unread body: String) { self.init(body, "a body that is no JSON object (\(body.utf8.count) bytes)") }
    }

    private static func note(_ path: String, _ reason: String) -> String {
        """
        inject: error[broker-answer]: the broker at `<broker>` did not answer as it should
          = note: POST \(path) answered 200 with \(reason)
          = help: check the URL, and that what answers there is an inject-broker as new as inject

        """
    }

    // MARK: - The exchange

    static let token = """
        {"access_token":"inj_0123456789abcdef","issued_token_type":"urn:ietf:params:oauth:token-type:access_token",\
        "token_type":"Bearer","expires_in":300,"scope":"prod/KEY","grant":"g"}
        """

    private static func token(_ part: String, _ other: String) -> String { token.replacing(part, with: other) }

    static let tokenRows = [
        Row(unread: ""),
        Row(unread: "<html>login</html>"),
        Row(unread: String(token.prefix(120))),
        Row(unread: token + "{}"),
        Row(unread: "[\(token)]"),
        Row(unread: token("\"scope\"", "\"grant\"")),
        Row(token("access_token\":\"inj", "access\":\"inj"), "no `access_token`"),
        Row(token("\"inj_0123456789abcdef\"", "7"), "an `access_token` that is not text"),
        Row(token("inj_0123456789abcdef", "short"), "an `access_token` that can be no token"),
        Row(token("abcdef", "\\r\\nX-Evil: 1"), "an `access_token` that can be no token"),
        Row(token("abcdef", String(repeating: "a", count: 4097)), "an `access_token` that can be no token"),
        Row(token("issued_token_type", "issued"), "no `issued_token_type`"),
        Row(
            token("type:access_token", "type:refresh_token"),
            "an `issued_token_type` that is not `urn:ietf:params:oauth:token-type:access_token`"
        ),
        Row(token("Bearer", "DPoP"), "a `token_type` that is not `Bearer`"),
        Row(token("300", "\"300\""), "an `expires_in` that is not a whole number from 1 to 86400"),
        Row(token("300", "0"), "an `expires_in` that is not a whole number from 1 to 86400"),
        Row(token("300", "1e2"), "an `expires_in` that is not a whole number from 1 to 86400"),
        Row(token("300", "-300"), "an `expires_in` that is not a whole number from 1 to 86400"),
        Row(token(",\"scope\":\"prod/KEY\"", ""), "no `scope`"),
        Row(token("prod/KEY", ""), "a `scope` that is no list of `ENVIRONMENT/NAME`"),
        Row(token("prod/KEY", "prod/KEY prod/KEY"), "a `scope` that is no list of `ENVIRONMENT/NAME`"),
        Row(token("prod/KEY", "prod/KEY  dev/KEY"), "a `scope` that is no list of `ENVIRONMENT/NAME`"),
        Row(token("prod/KEY", "prod/KEY dev/KEY"), "a `scope` that is not the one asked for"),
        Row(token("prod/KEY", "prod/OTHER"), "a `scope` that is not the one asked for"),
        Row(token("\"g\"", "null"), "a `grant` that is not text"),
        Row(token("\"g\"", "\"\""), "a `grant` that is not text of 1 to 1048576 bytes"),
    ]

    @Test("an exchange without a token is one diagnostic, and nothing is fetched", arguments: tokenRows)
    func exchange(row: Row) async throws {
        let fixture = try BrokerFixture()
        fixture.broker.follow { request, _ in request.path == "/v1/token" ? .text(row.body) : nil }
        let failure = await fixture.failure { _ = try await fixture.fetch() }
        #expect(failure == Self.note("/v1/token", row.reason))
        #expect(!failure.contains("inj_"))
        #expect(fixture.broker.calls == ["POST /v1/token"])
    }

    @Test("a token answer with members of a later version is taken")
    func laterVersion() async throws {
        let fixture = try BrokerFixture()
        fixture.broker.follow { request, _ in
            request.path == "/v1/token" ? .text(Self.token.replacing("{", with: "{\"new\":[{}],")) : nil
        }
        // The fake knows nothing of this token, so the fetch is refused: the exchange was not.
        _ = await fixture.failure { _ = try await fixture.fetch() }
        #expect(fixture.broker.calls == ["POST /v1/token", "POST /v1/secrets", "POST /v1/revoke"])
    }

    @Test("a token for thousands of secrets by hundreds of grants is taken")
    func manySecrets() async throws {
        let fixture = try BrokerFixture()
        let names = (0..<4000).map { "prod/A_SECRET_WITH_A_LONG_NAME_\($0)" }
        let grants = (0..<400).map { "grant-\($0)" }.joined(separator: " ")
        let answer = Self.token.replacing("prod/KEY", with: names.joined(separator: " "))
            .replacing("\"g\"", with: "\"\(grants)\"")
        fixture.broker.follow { request, _ in request.path == "/v1/token" ? .text(answer) : nil }
        let token = try await fixture.connect().exchange(fixture.subjectToken(1), for: [])
        #expect(token.scope.map(\.description) == names)
        #expect(token.grant == grants)
    }

    // MARK: - The fetch

    static let entry = #"{"name":"prod/KEY","value_base64":"aHVudGVyMg==","version":"v1","deliver":{"env":"KEY"}}"#

    private static func entry(_ part: String, _ other: String) -> String {
        #"{"secrets":["# + entry.replacing(part, with: other) + "]}"
    }

    static let secretRows = [
        Row(unread: "null"),
        Row(unread: String(#"{"secrets":[\#(entry)]}"#.dropLast(3))),
        Row("{}", "no `secrets`"),
        Row(#"{"secrets":{}}"#, "a `secrets` that is not a list"),
        Row(#"{"secrets":[]}"#, "no `prod/KEY`"),
        Row(#"{"secrets":["prod/KEY"]}"#, "no object in place of secret 1"),
        Row(entry("prod/KEY", "prod/OTHER"), "`prod/OTHER`, which was not asked for"),
        Row(entry("prod/KEY", "dev/KEY"), "`dev/KEY`, which was not asked for"),
        Row(entry("prod/KEY", "KEY"), "a `name` of secret 1 that is not `ENVIRONMENT/NAME`"),
        Row(#"{"secrets":[\#(entry),\#(entry)]}"#, "`prod/KEY` twice"),
        Row(entry("value_base64", "value"), "no `value_base64` of secret 1"),
        Row(entry("\"aHVudGVyMg==\"", "null"), "a `value_base64` of secret 1 that is not text"),
        Row(entry("aHVudGVyMg==", ""), "a `value_base64` of secret 1 that is no base64 of a value"),
        Row(entry("aHVudGVyMg==", "aHVudGVyMg"), "a `value_base64` of secret 1 that is no base64 of a value"),
        Row(entry("aHVudGVyMg==", "aHVudGVyMh=="), "a `value_base64` of secret 1 that is no base64 of a value"),
        Row(entry("aHVudGVyMg==", "aHVu\\nZGVyMg=="), "a `value_base64` of secret 1 that is no base64 of a value"),
        Row(entry("\"v1\"", "1"), "a `version` of secret 1 that is not text of 1 to 1000 bytes"),
        Row(entry("deliver", "delivery"), "no `deliver` of secret 1"),
        Row(entry(#"{"env":"KEY"}"#, "\"KEY\""), "a `deliver` of secret 1 that is not an object"),
        Row(entry(#"{"env":"KEY"}"#, "{}"), "a `deliver` without `env` and `file`"),
        Row(entry(#":"KEY"}"#, #":"1KEY"}"#), "an `env` of secret 1 that names no variable"),
        Row(
            entry(#":"KEY"}"#, #":"LD_PRELOAD"}"#),
            "an `env` of secret 1 of `LD_PRELOAD`, a variable that makes programs run code"
        ),
        Row(entry(#""env":"KEY""#, #""file":"../k""#), "a `file` of secret 1 that leaves the private folder"),
        Row(entry(#""env":"KEY""#, #""file":"/etc/k""#), "a `file` of secret 1 that leaves the private folder"),
        Row(entry(#""env":"KEY""#, #""env":"KEY","file":7"#), "a `file` of secret 1 that is not text"),
    ]

    @Test("a fetch without exactly the secrets is one diagnostic, and the token is revoked", arguments: secretRows)
    func fetch(row: Row) async throws {
        let fixture = try BrokerFixture()
        fixture.broker.follow { request, _ in request.path == "/v1/secrets" ? .text(row.body) : nil }
        let failure = await fixture.failure { _ = try await fixture.fetch() }
        #expect(failure == Self.note("/v1/secrets", row.reason))
        #expect(!failure.contains("hunter2") && !failure.contains("aHVu"))
        #expect(fixture.broker.liveTokens == [])
    }

    @Test("values that were swapped for each other are told by their names alone")
    func order() async throws {
        let fixture = try BrokerFixture(["p/A": FakeBroker.Secret("value-a"), "p/B": FakeBroker.Secret("value-b")])
        let harvest = try await fixture.fetch(["p/B", "p/A"])
        #expect(harvest.secrets.map(\.value.exposedText) == ["value-b", "value-a"])
    }

    // MARK: - The explanation

    static let decision = #"{"secret":"prod/KEY","allowed":true,"grant":"g","reason":"it matches"}"#

    private static func decision(_ part: String, _ other: String) -> String {
        #"{"decisions":["# + decision.replacing(part, with: other) + "]}"
    }

    static let decisionRows = [
        Row(unread: "[]"),
        Row("{}", "no `decisions`"),
        Row(#"{"decisions":[]}"#, "no decision about `prod/KEY`"),
        Row(#"{"decisions":[\#(decision),\#(decision)]}"#, "two decisions about `prod/KEY`"),
        Row(decision("prod/KEY", "prod/OTHER"), "a decision about `prod/OTHER`, which was not asked about"),
        Row(decision("true", "\"true\""), "an `allowed` of decision 1 that is not true or false"),
        Row(decision("\"allowed\":true,", ""), "no `allowed` of decision 1"),
        Row(decision(",\"reason\":\"it matches\"", ""), "no `reason` of decision 1"),
        Row(decision("\"g\"", "[]"), "a `grant` of decision 1 that is not text of 1 to 1000 bytes"),
    ]

    @Test("an explanation that decides about something else is none", arguments: decisionRows)
    func explanation(row: Row) async throws {
        let fixture = try BrokerFixture()
        fixture.broker.follow { _, _ in .text(row.body) }
        let paths = [SecretPath("prod/KEY")].compactMap(\.self)
        let failure = await fixture.failure {
            _ = try await fixture.connect().decisions(about: paths, for: fixture.subjectToken(1))
        }
        #expect(failure == Self.note("/v1/explain", row.reason))
    }

    // MARK: - The metadata

    @Test(
        "metadata of somebody else is refused",
        arguments: [
            Row(#"{"issuer":"https://evil"}"#, "an `issuer` of `https://evil`, which is not `<broker>`"),
            Row(#"{}"#, "no `issuer`"),
            Row(
                #"{"issuer":"<broker>","token_endpoint":"<broker>/token"}"#,
                "a `token_endpoint` of `<broker>/token`, which is not `<broker>/v1/token`"
            ),
            Row(
                #"{"issuer":"<broker>","token_endpoint":"<broker>/v1/token","grant_types_supported":["password"]}"#,
                "a `grant_types_supported` without `urn:ietf:params:oauth:grant-type:token-exchange`"
            ),
        ]
    )
    func metadata(row: Row) async throws {
        let fixture = try BrokerFixture()
        let url = fixture.broker.url
        try await fixture.connect().checkMetadata()
        fixture.broker.follow { _, _ in .text(row.body.replacing("<broker>", with: url)) }
        let failure = await fixture.failure { try await fixture.connect().checkMetadata() }
        let note = Self.note("/.well-known/oauth-authorization-server", row.reason)
        #expect(failure == note.replacing("POST", with: "GET"))
    }
}
