import Foundation
import InjectTesting
import JOSE
import OIDC
import OpenSSLCrypto
import Secrets
import Testing

/// Tokens that must open nothing.
@Suite("Bad tokens")
struct BadTokenTests {
    static let push = [(name: "event_name", value: "push"), (name: "ref", value: "refs/heads/main")]

    static func expect(
        _ workplace: Workplace,
        _ token: String,
        error: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let result = try workplace.run(
            "-e", "dev", "--oidc-token-file", "-", "--", "touch", "started",
            input: token
        )
        #expect(result == CommandResult(status: 125, error: error), sourceLocation: sourceLocation)
        #expect(try !workplace.folder.contents().contains("started"), sourceLocation: sourceLocation)
    }

    static var now: Int64 { Int64(Date().timeIntervalSince1970) }

    @Test("an honest token opens the environment")
    func honest() throws {
        let workplace = try Workplace()
        let result = try workplace.run(
            "-e", "dev", "--oidc-token-file", "-", "-q", "--", "echo", "ran",
            input: workplace.token(Self.push) + "\n"
        )
        #expect(result == CommandResult(status: 0, output: "ran\n"))
    }

    @Test("the token is absent", arguments: ["", "\n"])
    func absent(input: String) throws {
        try Self.expect(
            Workplace(), input, error: "inject: error[token-unreadable]: there is no token in standard input\n")
    }

    @Test("the token's file is absent")
    func absentFile() throws {
        #expect(
            try Workplace().run("-e", "dev", "--oidc-token-file", "nowhere", "--", "touch", "started")
                == CommandResult(
                    status: 125,
                    error: """
                        error[token-unreadable]: the token's file cannot be read: No such file or directory
                          --> nowhere

                        """
                )
        )
    }

    @Test("there is no token outside GitHub Actions")
    func outside() throws {
        #expect(
            try Workplace().run("-e", "prod", "--", "touch", "started")
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[token-outside-actions]: there is no GitHub token outside GitHub Actions
                          = help: to see here what a job would get, say what its token would say:
                                  inject plan --claim event_name=push --claim ref=refs/heads/main

                        """
                )
        )
    }

    @Test("the job did not ask for the permission")
    func noPermission() throws {
        #expect(
            try Workplace().run("--", "touch", "started", environment: ["GITHUB_ACTIONS": "true"])
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[token-permission]: the job may not ask GitHub for a token
                          = help: add to the job in the workflow file:
                                  permissions:
                                    contents: read
                                    id-token: write

                        """
                )
        )
    }

    @Test("a pull request from a fork")
    func fork() throws {
        let workplace = try Workplace()
        let event =
            #"{"pull_request":{"head":{"repo":{"full_name":"eve/shop"}},"base":{"repo":{"full_name":"acme/shop"}}}}"#
        try workplace.folder.write("event.json", event)
        let result = try workplace.run(
            "--", "touch", "started",
            environment: [
                "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request",
                "GITHUB_EVENT_PATH": workplace.folder.path("event.json"),
            ]
        )
        #expect(result.status == 125)
        #expect(
            result.error.hasPrefix("inject: error[token-fork]: GitHub gives no token to a pull request from a fork\n"))
    }

    static let clock = "  = note: iat <time>, nbf <time>, exp <time>, our clock <time>\n"

    @Test("expired")
    func expired() throws {
        let workplace = try Workplace()
        let token = try workplace.token(Self.push, issuedAt: Self.now - 3600)
        let result = try workplace.run("-e", "dev", "--oidc-token-file", "-", "--", "touch", "started", input: token)
        #expect(result.status == 125 && result.output.isEmpty)
        #expect(
            result.error.replacing(/expired \d+ s ago/, with: "expired <n> s ago")
                == "inject: error[token-expired]: the token expired <n> s ago\n" + Self.clock
                + "  = help: ask for a new token right before it is used\n"
        )
    }

    @Test("from the future")
    func fromTheFuture() throws {
        let workplace = try Workplace()
        try Self.expect(
            workplace,
            workplace.token(Self.push, issuedAt: Self.now + 7200),
            error: "inject: error[token-clock-skew]: the token was issued in the future of this machine\n" + Self.clock
                + "  = help: set this machine's clock, for example with NTP\n"
        )
    }

    @Test("too old, whatever its expiry says")
    func tooOld() throws {
        let workplace = try Workplace()
        let late = [(name: "exp", value: String(Self.now + 3600))]
        let token = try workplace.token(Self.push + late, issuedAt: Self.now - 3600)
        let result = try workplace.run("-e", "dev", "--oidc-token-file", "-", "--", "touch", "started", input: token)
        #expect(result.status == 125 && result.output.isEmpty)
        #expect(
            result.error.replacing(/is \d+ s old/, with: "is <n> s old")
                == "inject: error[token-too-old]: the token is <n> s old, and no token counts longer than 600 s\n"
                + Self.clock
                + "  = help: ask for a new token right before it is used\n"
        )
    }

    @Test("for somebody else")
    func wrongAudience() throws {
        let workplace = try Workplace()
        try Self.expect(
            workplace,
            workplace.token(Self.push, audience: "sts.amazonaws.com"),
            error: """
                inject: error[token-wrong-audience]: the token is not for audience `inject` alone
                  = note: it is for `sts.amazonaws.com`
                  = help: ask the issuer for a token with audience `inject`

                """
        )
    }

    @Test("forged: signed by a stranger who claims to be the local issuer")
    func stranger() throws {
        let workplace = try Workplace()
        _ = try workplace.token(Self.push)
        try Self.expect(
            workplace,
            Workplace().token(Self.push),
            error: """
                inject: error[token-unknown-key]: the token is signed with a key that issuer `inject-local` does not have: no key of the \
                set has the token's `kid`
                  = help: ask for a new token; if it stays, the token is not from this issuer

                """
        )
    }

    @Test("forged: another token's signature")
    func forged() throws {
        let workplace = try Workplace()
        let (one, two) = (try workplace.token(Self.push), try workplace.token([(name: "ref", value: "refs/heads/x")]))
        let parts = one.split(separator: ".").dropLast() + two.split(separator: ".").suffix(1)
        try Self.expect(
            workplace,
            parts.joined(separator: "."),
            error: """
                inject: error[token-forged]: the token's signature is not one of issuer `inject-local`
                  = help: ask for a new token, and find out who made this one: it was changed or forged

                """
        )
    }

    @Test("with one byte changed, anywhere", arguments: [3, 40, 200, -5, -40])
    func changed(place: Int) throws {
        let workplace = try Workplace()
        var token = Array(try workplace.token(Self.push).utf8)
        let index = place < 0 ? token.count + place : place
        token[index] = token[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        let result = try workplace.inject.run(
            ["-e", "dev", "--oidc-token-file", "-", "--", "touch", "started"], input: token)
        #expect(result.status == 125)
        #expect(result.output.isEmpty)
        #expect(result.error.hasPrefix("inject: error["))
        #expect(try !workplace.folder.contents().contains("started"))
    }

    @Test("truncated within its signature")
    func truncated() throws {
        let workplace = try Workplace()
        try Self.expect(
            workplace,
            String(workplace.token(Self.push).dropLast(2)),
            error: """
                inject: error[token-forged]: the token's signature is not one of issuer `inject-local`
                  = help: ask for a new token, and find out who made this one: it was changed or forged

                """
        )
    }

    @Test("truncated before its signature")
    func cutShort() throws {
        let workplace = try Workplace()
        let token = try workplace.token(Self.push)
        try Self.expect(
            workplace,
            String(token[..<(token.lastIndex(of: ".") ?? token.endIndex)]),
            error: """
                inject: error[token-malformed]: the token is not three segments with dots between them
                  = help: pass the compact token as the issuer gave it, without quotes or a `Bearer` in front

                """
        )
    }

    @Test("a megabyte long")
    func long() throws {
        try Self.expect(
            Workplace(),
            String(repeating: "A", count: 1_000_000),
            error: """
                inject: error[token-too-long]: the token is longer than 16384 bytes
                  = help: check that this is the token and not another file or variable

                """
        )
    }

    @Test("from another issuer")
    func wrongIssuer() throws {
        let workplace = try Workplace()
        let signer = try JWSSigner(key: PrivateKey.generateRSA())
        try workplace.folder.write("keys.json", signer.jwks)
        let payload = """
            {"iss":"https://evil.example","aud":"inject","sub":"x","jti":"1","exp":\(Self.now + 300),"iat":\(Self.now),\
            "nbf":\(Self.now)}
            """
        let token = try signer.sign(payload: Array(payload.utf8))
        let result = try workplace.inject.run(
            ["-e", "dev", "--oidc-token-file", "-", "--jwks", "keys.json", "--", "touch", "started"],
            input: token.withExposedBytes { Array($0) }
        )
        #expect(
            result
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[token-wrong-issuer]: the token is not from issuer `https://token.actions.githubusercontent.com`
                          = note: it names `https://evil.example`
                          = help: use a token of the issuer that the policy names, or name the token's issuer in the policy

                        """
                )
        )
    }
}
