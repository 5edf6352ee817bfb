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
        let result = try Workplace().run("-e", "dev", "--oidc-token-file", "-", "--", "touch", "started", input: input)
        #expect(result.status == 125)
        #expect(result.error.hasPrefix("inject: error[token-"))
        #expect(result.output.isEmpty)
    }

    @Test("there is no token outside GitHub Actions")
    func outside() throws {
        #expect(
            try Workplace().run("-e", "prod", "--", "touch", "started")
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[token-outside-actions]: there is no GitHub token outside GitHub Actions
                          = help: to try a policy on this machine, make a fake token:
                                  inject token fake --claim event_name=push --claim ref=refs/heads/main

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

    @Test("expired, from the future, too old", arguments: [(-3600, "token-expired"), (7200, "token-clock-skew")])
    func times(offset: Int64, id: String) throws {
        let workplace = try Workplace()
        let token = try workplace.token(Self.push, issuedAt: Self.now + offset)
        let result = try workplace.run("-e", "dev", "--oidc-token-file", "-", "--", "touch", "started", input: token)
        #expect(result.status == 125)
        #expect(result.output.isEmpty)
        #expect(result.error.contains("error[\(id)]"), "\(result.error)")
    }

    @Test("for somebody else")
    func wrongAudience() throws {
        let workplace = try Workplace()
        let token = try workplace.token(Self.push, audience: "sts.amazonaws.com")
        let result = try workplace.run("-e", "dev", "--oidc-token-file", "-", "--", "touch", "started", input: token)
        #expect(result.status == 125)
        #expect(result.error.contains("error[token-wrong-audience]"))
        #expect(result.error.contains("`sts.amazonaws.com`"))
        #expect(result.error.contains("`inject`"))
    }

    /// Signed by a stranger who claims to be the local issuer.
    @Test("forged")
    func forged() throws {
        let workplace = try Workplace()
        _ = try workplace.token(Self.push)
        let stranger = try Workplace()
        let token = try stranger.token(Self.push)
        let result = try workplace.run("-e", "dev", "--oidc-token-file", "-", "--", "touch", "started", input: token)
        #expect(result.status == 125)
        #expect(result.error.contains("error[token-unknown-key]") || result.error.contains("error[token-forged]"))
        #expect(!result.error.contains(token.prefix(20)))
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

    @Test("truncated", arguments: [1, 10, 100])
    func truncated(cut: Int) throws {
        let workplace = try Workplace()
        let token = String(try workplace.token(Self.push).dropLast(cut))
        let result = try workplace.run("-e", "dev", "--oidc-token-file", "-", "--", "touch", "started", input: token)
        #expect(result.status == 125)
        #expect(result.error.hasPrefix("inject: error[token-"))
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
        #expect(result.status == 125)
        #expect(result.error.contains("error[token-wrong-issuer]"))
        #expect(result.error.contains("`https://token.actions.githubusercontent.com`"))
    }
}
