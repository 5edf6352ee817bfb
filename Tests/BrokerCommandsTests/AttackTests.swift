import Foundation
import HTTPTransport
import InjectTesting
import JOSE
import OpenSSLCrypto
import Secrets
import Testing

/// The attack table of the threat model, over HTTP: none opens anything, and nobody can tell from the answer why.
@Suite("inject-broker: attacks on tokens")
struct AttackTests {
    /// The one answer to every job's token that opens nothing.
    static let refusal = BrokerBench.Answer(
        status: 400, body: #"{"error":"invalid_grant","error_description":"the subject token opens nothing here"}"#)

    /// Sends each forged token; none may be accepted, or be answered in another way than the others.
    private static func expectRefused(_ forge: (BrokerBench) throws -> [String: String]) async throws {
        let bench = try BrokerBench(extra: #"limits: { failures: "0" }"#)
        for (name, token) in try forge(bench) {
            let answer = try await bench.exchange(token)
            #expect(answer == refusal, "\(name): \(answer)")
        }
        #expect(try !bench.events().contains { !$0.hasPrefix("token.refused failure") })
        #expect(try await bench.exchange(bench.token()).status == 200)
    }

    @Test("algorithms that are none, symmetric, or another spelling of a good one")
    func algorithms() async throws {
        try await Self.expectRefused { bench in
            let names = [
                "none", "None", "NONE", "nOnE", "nONE", "NoNe", "", "HS256", "HS384", "HS512", "rs256", "RS256 ",
                " RS256",
                "RS512", "PS256", "ES256", "EdDSA", "RS1",
            ]
            var tokens: [String: String] = [:]
            for name in names {
                let header = #"{"alg":"\#(name)","typ":"JWT","kid":"\#(bench.issuer.signer.keyID)"}"#
                let signed = try bench.issuer.signer.sign(header: Array(header.utf8), payload: bench.payload())
                    .exposedText
                tokens["signed with \(name)"] = signed
                tokens["unsigned with \(name)"] = signed.split(separator: ".").dropLast().joined(separator: ".") + "."
            }
            for (name, value) in [("missing", ""), ("a number", #""alg":1,"#), ("null", #""alg":null,"#)] {
                let header = #"{\#(value)"typ":"JWT"}"#
                tokens[name] = try bench.issuer.signer.sign(header: Array(header.utf8), payload: bench.payload())
                    .exposedText
            }
            return tokens
        }
    }

    @Test("an HMAC with the public key as its secret")
    func confusion() async throws {
        try await Self.expectRefused { bench in
            let script = """
                import base64, hashlib, hmac, sys
                b = lambda x: base64.urlsafe_b64encode(x).rstrip(b"=")
                payload, key = base64.b64decode(sys.argv[1]), base64.b64decode(sys.argv[2])
                text = b(b'{"alg":"HS256","typ":"JWT"}') + b"." + b(payload)
                print((text + b"." + b(hmac.new(key, text, hashlib.sha256).digest())).decode(), end="")
                """
            let arguments = [bench.payload(), bench.issuer.signer.jwks].map { Data($0).base64EncodedString() }
            return ["HS256": String(decoding: try Python.run(script, arguments: arguments), as: UTF8.self)]
        }
    }

    @Test("keys and places of keys that the token brings along, critical headers, nested content, strange key ids")
    func headers() async throws {
        try await Self.expectRefused { bench in
            let attacker = try JWSSigner(key: PrivateKey.generateRSA())
            let jwks = String(decoding: attacker.jwks, as: UTF8.self)
            let jwk = String(jwks.dropFirst(#"{"keys":["#.count).dropLast(2))
            let good = bench.issuer.signer.keyID
            let headers = [
                #""jwk":\#(jwk)"#, #""jku":"http://127.0.0.1:1/jwks""#, #""x5u":"http://127.0.0.1:1/x""#,
                #""x5c":["MIIB"]"#, #""crit":["exp"]"#, #""crit":["b64"],"b64":false"#, #""cty":"JWT""#, #""kid":"""#,
                #""kid":"../../../dev/null""#, #""kid":"' OR 1=1 --""#, #""kid":"\#(good)\u0000""#,
                #""kid":"\#(String(repeating: "k", count: 129))""#, #""kid":1"#, #""typ":"at+jwt""#,
                #""typ":"dpop+jwt""#,
            ]
            var tokens: [String: String] = [:]
            for header in headers {
                let text = #"{"alg":"RS256",\#(header)}"#
                tokens["the attacker's key, \(header.prefix(20))"] =
                    try attacker.sign(header: Array(text.utf8), payload: bench.payload()).exposedText
            }
            // By their beginning: the digits of a random key say `typ` now and then.
            for header in headers where ["\"crit", "\"cty", "\"typ"].contains(where: header.hasPrefix) {
                let text = #"{"alg":"RS256","kid":"\#(good)",\#(header)}"#
                tokens["the issuer's key, \(header)"] =
                    try bench.issuer.signer.sign(header: Array(text.utf8), payload: bench.payload()).exposedText
            }
            let own = #"{"alg":"RS256","kid":"\#(good)"}"#
            tokens["another's signature under the issuer's key id"] =
                try attacker.sign(header: Array(own.utf8), payload: bench.payload()).exposedText
            return tokens
        }
    }

    @Test("claims that are missing, of another kind, out of time, for somebody else, or said twice")
    func claims() async throws {
        try await Self.expectRefused { bench in
            let now = BrokerBench.now
            let changes: [(String, String?)] = [
                ("exp", nil), ("iat", nil), ("sub", nil), ("aud", nil), ("iss", nil),
                ("exp", "\(now - 61)"), ("iat", "\(now + 120)"), ("nbf", "\(now + 120)"), ("iat", "\(now - 601)"),
                ("exp", "1e400"), ("exp", "\"\(now + 60)\""), ("exp", "true"), ("exp", "-1"), ("exp", "\(now + 60).5"),
                ("exp", "99999999999999999999999"), ("iat", "null"), ("nbf", "[]"),
                ("aud", #""http://127.0.0.1/""#), ("aud", #""http://127.0.0.1:80""#), ("aud", "[]"),
                ("aud", #"["http://127.0.0.1","x"]"#), ("aud", #""x http://127.0.0.1""#), ("aud", "{}"),
                ("iss", "\"\(bench.issuer.url)/\""), ("iss", "\"\(bench.issuer.url.uppercased())\""),
                ("iss", "\"\(bench.issuer.url.dropLast())\""), ("iss", #""inject-local""#),
                ("iss", #""https://token.actions.githubusercontent.com""#),
                ("sub", #""""#), ("sub", "7"), ("jti", "7"), ("jti", #""""#),
                ("jti", "\"\(String(repeating: "j", count: 600))\""),
                ("repository", #""acme/other""#), ("repository", #""ACME/shop""#), ("repository", #""acme/shop/""#),
                ("repository", #""acme\u002Fshop\u0000""#), ("repository", #"["acme/shop"]"#), ("repository", nil),
                ("event_name", #""pull_request""#), ("event_name", #""PUSH""#), ("event_name", nil),
                ("environment", #""prod\u0000""#), ("environment", #""prod/""#), ("environment", #""broken""#),
            ]
            var tokens: [String: String] = [:]
            for (name, value) in changes { tokens["\(name) \(value ?? "missing")"] = try bench.token([(name, value)]) }
            tokens["a ref that grants nothing in prod"] = try bench.token([("ref", #""refs/heads/evil""#)])
            let good = String(decoding: bench.payload(), as: UTF8.self)
            let payloads = [
                "said twice": good.dropLast() + #","ref":"refs/heads/main"}"#,
                "said twice, once in escapes": good.dropLast() + #","\u0073ub":"x"}"#,
                "a comma at the end": good.dropLast() + ",}", "a byte-order mark": "\u{FEFF}" + good,
                "nested deep": good.dropLast() + ",\"x\":" + String(repeating: "[", count: 20)
                    + String(repeating: "]", count: 20) + "}",
                "an array": "[]",
            ]
            for (name, payload) in payloads {
                tokens[name] = try bench.issuer.signer.sign(payload: Array(payload.utf8)).exposedText
            }
            return tokens
        }
    }

    @Test("texts that are no compact token, too long, in five parts, or not canonical base64")
    func shapes() async throws {
        try await Self.expectRefused { bench in
            let good = try bench.token()
            let parts = good.split(separator: ".").map(String.init)
            return [
                "dots": String(repeating: ".", count: 10_000), "two parts": parts[0] + "." + parts[1],
                "four parts": good + ".x", "five parts": good + ".x.y", "no header": "." + parts[1] + "." + parts[2],
                "no signature": parts[0] + "." + parts[1] + ".", "padding": good + "==", "white space": good + " ",
                "a line break": parts[0] + ".\n" + parts[1] + "." + parts[2],
                "another alphabet": good.replacing("-", with: "+").replacing("_", with: "/") + "+",
                "one digit too many": parts[0] + "." + parts[1] + "." + parts[2] + "A",
                "long": parts[0] + "." + String(repeating: "A", count: 17_000) + "." + parts[2],
                "another's signature": parts[0] + "." + parts[1] + "." + (try bench.token().split(separator: ".")[2]),
            ]
        }
    }

    @Test("scoped tokens that were not issued, and headers that carry none")
    func bearers() async throws {
        let bench = try BrokerBench(extra: #"limits: { failures: "0" }"#)
        let good = try await bench.accessToken()
        let bearers: [String?] = [
            nil, "", "x", good + "A", String(good.dropLast()), "inj_" + String(repeating: "0", count: 49),
            good.lowercased(), " " + good, good + "," + good, try bench.token(),
        ]
        for bearer in bearers {
            let answer = try await bench.fetch(bearer)
            #expect(answer.status == 401 && answer.error == "invalid_token", "\(bearer ?? "none") \(answer)")
        }
        #expect(try await bench.fetch(good).status == 200)
    }

    @Test(
        "forms that say something twice or nothing, other grants, and targets elsewhere",
        arguments: [
            ("grant_type=G&subject_token=T&subject_token=T&subject_token_type=J", "invalid_request"),
            (
                "grant_type=G&subject_token=T&subject_token_type=J&scope=prod/API_KEY&scope=prod/TLS_KEY",
                "invalid_request"
            ),
            ("grant_type=G&grant_type=G&subject_token=T&subject_token_type=J", "invalid_request"),
            ("grant_type=G&subject_token=T&subject_token_type=J&%73cope=prod/API_KEY&scope=x", "invalid_request"),
            ("subject_token=T&subject_token_type=J", "invalid_request"), ("", "invalid_request"),
            ("grant_type=G&subject_token_type=J", "invalid_request"),
            ("grant_type=G&subject_token=T", "invalid_request"),
            ("grant_type=client_credentials&subject_token=T&subject_token_type=J", "unsupported_grant_type"),
            ("grant_type=G&subject_token=T&subject_token_type=saml", "invalid_request"),
            ("grant_type=G&subject_token=T&subject_token_type=J&actor_token=T&actor_token_type=J", "invalid_request"),
            ("grant_type=G&subject_token=T&subject_token_type=J&audience=http://evil", "invalid_target"),
            ("grant_type=G&subject_token=T&subject_token_type=J&resource=http://evil", "invalid_target"),
            ("grant_type=G&subject_token=T&subject_token_type=J&scope=prod/API_KEY++prod/TLS_KEY", "invalid_scope"),
            ("grant_type=G&subject_token=T&subject_token_type=J&scope=*", "invalid_scope"),
            ("grant_type=G&subject_token=T&subject_token_type=J&scope=%zz", "invalid_request"),
            ("grant_type=G&subject_token=T&subject_token_type=J&requested_token_type=J", "invalid_request"),
        ])
    func forms(form: String, error: String) async throws {
        let bench = try BrokerBench()
        let token = try bench.token()
        let type = "urn:ietf:params:oauth:token-type:jwt"
        let body = form.replacing("=G", with: "=urn:ietf:params:oauth:grant-type:token-exchange")
            .replacing("=T", with: "=" + token).replacing("=J", with: "=" + type)
        let response = try await bench.send(
            .post, "/v1/token", type: "application/x-www-form-urlencoded", body: body)
        let answer = BrokerBench.Answer(status: response.status, body: response.body.exposedText)
        #expect(answer.status == 400 && answer.error == error, "\(answer)")
        #expect(!answer.body.contains(token.prefix(40)))
        // What was refused for its form did not use the token up.
        #expect(try await bench.exchange(token).status == 200)
    }

    @Test("another media type, another method and another place are no way in")
    func places() async throws {
        let bench = try BrokerBench()
        let token = try await bench.accessToken()
        let text = try await bench.send(.post, "/v1/token", type: "text/plain", body: "grant_type=x")
        #expect(text.status == 400)
        #expect(try await bench.send(.get, "/v1/secrets", bearer: token).status == 405)
        for path in [
            "/v1/secrets/", "//v1/secrets", "/v1/secrets?x", "/V1/secrets", "/metrics", "/",
        ] {
            let response = try await bench.send(.post, path, type: "application/json", bearer: token, body: "{}")
            #expect(response.status == 404, "\(path)")
        }
        for body in [
            #"{"secrets":"prod/API_KEY"}"#, #"{"secrets":[1]}"#, #"{"secrets":[],"secrets":[]}"#, #"{"x":1}"#, "[]",
        ] {
            #expect(try await bench.fetch(token, body).error == "invalid_request", "\(body)")
        }
    }
}
