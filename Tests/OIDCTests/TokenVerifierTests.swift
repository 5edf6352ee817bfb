import Diagnostics
import InjectTesting
import JOSE
import OIDC
import OpenSSLCrypto
import Secrets
import Testing

@Suite("TokenVerifier")
struct TokenVerifierTests {
    private var bench: TokenBench

    init() throws { bench = try TokenBench() }

    @Test("a good token's claims are handed on byte for byte")
    func accepted() async throws {
        let token = try await bench.verify([
            ("ref", #""refs/heads/\u0061\u0301""#), ("extra", "[1]"), ("count", "3"), ("half", "0.50"),
            ("none", "null"), ("nested", #"{ "a\u0062" : [ true, "x\n" ], "c": {} }"#),
        ])
        #expect(token.issuer == "https://token.actions.githubusercontent.com")
        #expect(token.subject == Array("repo:o/r:ref:refs/heads/main".utf8))
        #expect(token.issuedAt == TokenBench.now - 10)
        #expect(token.expiresAt == TokenBench.now + 290)
        #expect(token["repository"] == .text(Array("o/r".utf8)))
        #expect(token["ref"] == .text(Array("refs/heads/".utf8) + [0x61, 0xCC, 0x81]))
        #expect(token["extra"] == .other(json: Array("[1]".utf8)))
        #expect(token["count"] == .number(3))
        #expect(token["half"] == .other(json: Array("0.50".utf8)))
        #expect(token["none"] == .other(json: Array("null".utf8)))
        #expect(token["nested"] == .other(json: Array(#"{"a\u0062":[true,"x\n"],"c":{}}"#.utf8)))
        #expect(token["absent"] == nil)
    }

    @Test("an audience in an array of one is ours, too")
    func audienceArray() async throws {
        _ = try await bench.verify([("aud", #"["inject://example"]"#)])
    }

    @Test(
        "claims that are refused",
        arguments: [
            ("iss", nil, "token-claim-missing"), ("aud", nil, "token-claim-missing"),
            ("sub", nil, "token-claim-missing"), ("exp", nil, "token-claim-missing"),
            ("iat", nil, "token-claim-missing"), ("nbf", nil, "token-claim-missing"),
            ("jti", nil, "token-claim-missing"),
            ("iss", #""https://token.actions.githubusercontent.com/""#, "token-wrong-issuer"),
            ("iss", #""https://token.actions.githubusercontent.co""#, "token-wrong-issuer"),
            ("iss", #""https://Token.actions.githubusercontent.com""#, "token-wrong-issuer"),
            ("iss", #""inject-local""#, "token-wrong-issuer"),
            ("iss", #"["https://token.actions.githubusercontent.com"]"#, "token-claim-malformed"),
            ("iss", #""""#, "token-claim-malformed"),
            ("aud", #""inject://example/""#, "token-wrong-audience"), ("aud", #""""#, "token-wrong-audience"),
            ("aud", #""inject://exampl""#, "token-wrong-audience"), ("aud", "[]", "token-wrong-audience"),
            ("aud", #"["inject://example","other"]"#, "token-wrong-audience"),
            ("aud", #"["inject://example","inject://example"]"#, "token-wrong-audience"),
            ("aud", #"["inject://example",1]"#, "token-claim-malformed"), ("aud", "1", "token-claim-malformed"),
            ("aud", "null", "token-claim-malformed"), ("aud", #"[["inject://example"]]"#, "token-claim-malformed"),
            ("sub", #""""#, "token-claim-malformed"), ("sub", "1", "token-claim-malformed"),
            ("jti", #""""#, "token-claim-malformed"), ("jti", "7", "token-claim-malformed"),
            ("ref_protected", "true", "token-claim-malformed"), ("run_id", "7", "token-claim-malformed"),
            ("repository", "null", "token-claim-malformed"), ("environment", #"["prod"]"#, "token-claim-malformed"),
            ("repo_property_team", "true", "token-claim-malformed"),
        ] as [(String, String?, String)]
    )
    func claims(name: String, value: String?, id: String) async {
        await expectDiagnostic(id) { try await bench.verify([(name, value)]) }
    }

    @Test(
        "a time is a whole number of seconds from 0 to 2^53",
        arguments: ["exp", "iat", "nbf"],
        [
            #""1795489490""#, "-1", "1795489490.0", "1.795489490e9", "9007199254740993", "1e400", "true", "null", "[]",
            "99999999999999999999999",
        ]
    )
    func times(name: String, value: String) async {
        await expectDiagnostic("token-claim-malformed") { try await bench.verify([(name, value)]) }
    }

    @Test("a payload that two readers could read in two ways is refused")
    func ambiguousPayload() async {
        let good = String(decoding: TokenBench.payload(), as: UTF8.self)
        let payloads = [
            good.dropLast() + #","sub":"other"}"#, good.dropLast() + #","\u0073ub":"other"}"#, good.dropLast() + ",}",
            "\u{FEFF}" + good, good + "x", "[]", "1", "{",
        ]
        for payload in payloads {
            await expectDiagnostic("token-malformed") { try await bench.verify(payload: Array(payload.utf8)) }
        }
    }

    @Test(
        "headers that are refused",
        arguments: [
            (#"{"alg":"none"}"#, "token-algorithm"), (#"{"alg":"None"}"#, "token-algorithm"),
            (#"{"alg":"HS256"}"#, "token-algorithm"), (#"{"alg":"rs256"}"#, "token-algorithm"),
            (#"{"alg":"RS512"}"#, "token-algorithm"), (#"{"alg":"ES256"}"#, "token-algorithm"),
            (#"{"alg":""}"#, "token-algorithm"), (#"{"typ":"JWT"}"#, "token-malformed"),
            (#"{"alg":"RS256","kid":"other"}"#, "token-unknown-key"),
            (#"{"alg":"RS256","crit":["exp"]}"#, "token-malformed"),
            (#"{"alg":"RS256","cty":"JWT"}"#, "token-malformed"),
            (#"{"alg":1}"#, "token-malformed"), (#"{"alg":"RS256","kid":1}"#, "token-malformed"),
            ("[]", "token-malformed"),
        ]
    )
    func headers(header: String, id: String) async {
        await expectDiagnostic(id) { try await bench.verify(header: header) }
    }

    @Test("a token with something around it is refused with what to do", arguments: [("\"", "\""), ("Bearer ", "")])
    func decorated(before: String, after: String) async throws {
        let good = try bench.signer.sign(payload: TokenBench.payload()).exposedText
        let token = try UnverifiedToken(.of(before + good + after))
        let text = await expectDiagnostic("token-malformed") { try await bench.verify(token) }
        #expect(text.contains("a part of it is not canonical base64url"))
        #expect(text.contains("without quotes or a `Bearer` in front"))
    }

    @Test("a token of another algorithm is refused with those that there may be")
    func algorithms() async {
        let text = await expectDiagnostic("token-algorithm") { try await bench.verify(header: #"{"alg":"ES256"}"#) }
        #expect(text.contains("issuer `https://token.actions.githubusercontent.com` may sign with RS256\n"))
    }

    @Test("a token without a key id is verified with the only key that fits")
    func noKeyID() async throws {
        _ = try await bench.verify(header: #"{"alg":"RS256"}"#)
    }

    @Test("another key's signature is a forgery, whatever it claims")
    func forged() async throws {
        let header = #"{"alg":"RS256","kid":"\#(bench.signer.keyID)"}"#
        let token = try UnverifiedToken(
            bench.otherSigner.sign(header: Array(header.utf8), payload: TokenBench.payload())
        )
        await expectDiagnostic("token-forged") { try await bench.verify(token) }
    }

    @Test("a change of any byte of the payload is noticed before the payload is believed")
    func changed() async throws {
        let good = try bench.signer.sign(payload: TokenBench.payload()).exposedText
        let parts = good.split(separator: ".").map { Array($0.utf8) }
        var random = SeededRandom(seed: 1)
        for _ in 0..<50 {
            var payload = parts[1]
            let place = random.below(payload.count - 1)
            payload[place] = payload[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = [parts[0], payload, parts[2]].map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
            let token = try UnverifiedToken(.of(text))
            do {
                _ = try await bench.verify(token)
                Issue.record("accepted with byte \(place) of the payload changed")
            } catch let error as Diagnostic {
                // A change in `iss` is reported as another issuer, because that helps more.
                #expect(["token-forged", "token-wrong-issuer"].contains("\(error.id)"), "byte \(place)")
            }
        }
    }

    @Test("an expired forgery is called a forgery: no claim counts before the signature")
    func forgedAndExpired() async throws {
        let header = #"{"alg":"RS256","kid":"\#(bench.signer.keyID)"}"#
        let payload = TokenBench.payload([("exp", "1"), ("aud", #""other""#)])
        let token = try UnverifiedToken(bench.otherSigner.sign(header: Array(header.utf8), payload: payload))
        await expectDiagnostic("token-forged") { try await bench.verify(token) }
    }

    @Test("a token of another issuer is named as such and as not verified")
    func otherIssuer() async throws {
        let payload = TokenBench.payload([("iss", #""https://gitlab.com""#)])
        let token = try UnverifiedToken(bench.otherSigner.sign(payload: payload))
        let text = await expectDiagnostic("token-wrong-issuer") { try await bench.verify(token) }
        #expect(text.contains("is not from issuer `https://token.actions.githubusercontent.com`"))
        #expect(text.contains("it names `https://gitlab.com` (not verified)"))
    }

    @Test(
        "an issuer that could steer a terminal or fill a log is only counted",
        arguments: [#"\u001b[2J"#, "`", String(repeating: "a", count: 201), "é"]
    )
    func hostileIssuer(name: String) async throws {
        let token = try UnverifiedToken(bench.otherSigner.sign(payload: TokenBench.payload([("iss", "\"\(name)\"")])))
        let text = await expectDiagnostic("token-wrong-issuer") { try await bench.verify(token) }
        #expect(text.contains("bytes that are not short plain text (not verified)"))
    }

    @Test("a wrong audience is shown beside the one that is expected")
    func audienceText() async {
        let text = await expectDiagnostic("token-wrong-audience") {
            try await bench.verify([("aud", #"["a","inject://example"]"#)])
        }
        #expect(text.contains("the token is not for audience `inject://example` alone"))
        #expect(text.contains("it is for `a`, `inject://example`"))
    }

    @Test("no message shows a part of the token")
    func noToken() async throws {
        for changes in [[("exp", "1")], [("aud", #""x""#)], [("iss", #""x""#)], [("sub", "1")]] {
            let token = try UnverifiedToken(bench.signer.sign(payload: TokenBench.payload(changes)))
            do {
                _ = try await bench.verify(token)
                Issue.record("accepted")
            } catch let error as Diagnostic {
                for part in token.bytes.exposedText.split(separator: ".") { #expect(!error.text.contains(part)) }
            }
        }
    }
}
