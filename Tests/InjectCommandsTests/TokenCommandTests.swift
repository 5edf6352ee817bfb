import Foundation
import InjectTesting
import JOSE
import OpenSSLCrypto
import Secrets
import Testing

@Suite("inject token")
struct TokenCommandTests {
    @Test("a fake token verifies, and its claims are GitHub's with those that were given")
    func fake() throws {
        let workplace = try Workplace()
        let token = try workplace.run("token", "fake", "--claim", "event_name=push", "--claim", "ref=refs/heads/x")
        #expect(token.status == 0 && token.error.isEmpty)
        #expect(token.output.split(separator: ".").count == 3)
        let verified = try workplace.inject.run(["token", "verify"], input: Array(token.output.utf8))
        #expect(verified.status == 0 && verified.error.isEmpty)
        let claims = try #require(
            JSONSerialization.jsonObject(with: Data(verified.output.utf8)) as? [String: Any]
        )
        #expect(claims["iss"] as? String == "inject-local")
        #expect(claims["ref"] as? String == "refs/heads/x")
        #expect(claims["sub"] as? String == "repo:octo-org/octo-repo:ref:refs/heads/x")
        let immutable = try workplace.run("token", "fake", "--subject", "immutable")
        let other = try workplace.run("token", "verify", input: immutable.output)
        #expect(other.output.contains(#""sub":"repo:octo-org@123456/octo-repo@456789:"#))
    }

    @Test("a fake token verifies whatever the repository is called", arguments: ["a", "a/", "a/b/c", ""])
    func anyRepository(name: String) throws {
        let workplace = try Workplace()
        let token = try workplace.run("token", "fake", "--claim", "repository=" + name).output
        let verified = try workplace.run("token", "verify", input: token)
        #expect(verified.status == 0 && verified.error.isEmpty)
    }

    @Test("the key is made once, for its owner alone")
    func key() throws {
        let workplace = try Workplace()
        let first = try workplace.run("token", "fake")
        let second = try workplace.run("token", "fake")
        #expect(first.status == 0 && second.status == 0)
        let folder = URL(fileURLWithPath: workplace.folder.path("home/.local/share/inject"))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.count == 1)
        for file in files {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent(file).path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
        #expect(try workplace.run("token", "verify", input: first.output).status == 0)
    }

    @Test("a token is verified with given keys, issuer and audience; everything else is refused with exit 1")
    func verify() throws {
        let workplace = try Workplace()
        let signer = try JWSSigner(key: PrivateKey.generateRSA())
        try workplace.folder.write("keys.json", signer.jwks)
        let now = Int64(Date().timeIntervalSince1970)
        let payload = """
            {"iss":"https://token.actions.githubusercontent.com","aud":"me","sub":"repo:a/b:ref:r","jti":"1",\
            "exp":\(now + 300),"iat":\(now),"nbf":\(now - 600),"repository":"a/b"}
            """
        let token = try signer.sign(payload: Array(payload.utf8))
        try workplace.folder.write("token", token.withExposedBytes { Array($0) })
        let good = try workplace.run("token", "verify", "--jwks", "keys.json", "--audience", "me", "token")
        #expect(good.status == 0 && good.error.isEmpty)
        #expect(good.output.hasPrefix(#"{"iss":"https://token.actions.githubusercontent.com","aud":"me","#))
        for arguments in [["--audience", "you"], ["--audience", "me", "--issuer", "https://gitlab.com"]] {
            let refused = try workplace.inject.run(["token", "verify", "--jwks", "keys.json", "token"] + arguments)
            #expect(refused.status == 1)
            #expect(refused.output.isEmpty)
            #expect(refused.error.hasPrefix("inject: error[token-"))
        }
        let unreadable = try workplace.run("token", "verify", "--jwks", "none.json", "token")
        #expect(unreadable.status == 2)
    }

    @Test(
        "a fake token is refused where an issuer or keys are named",
        arguments: [
            (["--jwks", "keys.json"], [:]), (["--issuer", "https://gitlab.com", "--jwks", "keys.json"], [:]),
            ([], ["INJECT_JWKS": "keys.json"]), (["--jwks", "keys.json"], ["INJECT_ISSUER": "gitlab"]),
        ] as [([String], [String: String])]
    )
    func fakeForAnIssuer(arguments: [String], variables: [String: String]) throws {
        let workplace = try Workplace()
        try workplace.folder.write("keys.json", JWSSigner(key: PrivateKey.generateRSA()).jwks)
        let token = Array(try workplace.token().utf8)
        let refused = try workplace.inject.run(["token", "verify"] + arguments, environment: variables, input: token)
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.error.contains("error[token-wrong-issuer]"))
        #expect(refused.error.contains("it names `inject-local` (not verified)"))
    }

    @Test("a fake token verifies where its issuer is named, and no other token does")
    func localByName() throws {
        let workplace = try Workplace()
        let token = try workplace.token()
        #expect(try workplace.run("token", "verify", "--issuer", "inject-local", input: token).status == 0)
        let stranger = try Workplace().token()
        let refused = try workplace.run("token", "verify", "--issuer", "inject-local", input: stranger)
        #expect(refused.status == 1 && refused.error.contains("error[token-unknown-key]"))
    }

    @Test(
        "keys that cannot be had are no refusal", arguments: ["foo", "https://127.0.0.1:1", "http://127.0.0.1:1"])
    func noKeys(issuer: String) throws {
        let workplace = try Workplace()
        let result = try workplace.run("token", "verify", "--issuer", issuer, input: workplace.token())
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.error.hasPrefix("inject: error[issuer-keys-unavailable]: "))
    }

    @Test("claims that are neither text nor integers are printed as the token has them")
    func otherClaims() throws {
        let workplace = try Workplace()
        let signer = try JWSSigner(key: PrivateKey.generateRSA())
        try workplace.folder.write("keys.json", signer.jwks)
        let now = Int64(Date().timeIntervalSince1970)
        let payload = """
            {"iss":"https://ci.example","aud":["inject"],"sub":"x","exp":\(now + 300),"iat":\(now),
            "half":0.50,"none":null,"is":true,"groups":[ "a", "b\\n" ],"map":{ "a" : {} }}
            """
        let token = try signer.sign(payload: Array(payload.utf8))
        let result = try workplace.inject.run(
            ["token", "verify", "--jwks", "keys.json", "--issuer", "https://ci.example"],
            input: token.withExposedBytes { Array($0) })
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: """
                        {"iss":"https://ci.example","aud":["inject"],"sub":"x","exp":\(now + 300),"iat":\(now),\
                        "half":0.50,"none":null,"is":true,"groups":["a","b\\n"],"map":{"a":{}}}

                        """
                ))
    }

    @Test("tokens of another issuer are verified with whatever algorithm its keys are for", arguments: [true, false])
    func otherAlgorithms(isEd25519: Bool) throws {
        let workplace = try Workplace()
        let key = try isEd25519 ? PrivateKey.generateEd25519() : PrivateKey.generateP256()
        let (signer, other) = (try JWSSigner(key: key), try JWSSigner(key: PrivateKey.generateRSA()))
        try workplace.folder.write("keys.json", signer.jwks)
        try workplace.folder.write("others.json", other.jwks)
        let now = Int64(Date().timeIntervalSince1970)
        let payload =
            #"{"iss":"https://ci.example","aud":"inject","sub":"x","exp":\#(now + 300),"iat":\#(now)}"#
        let token = try signer.sign(payload: Array(payload.utf8)).withExposedBytes { Array($0) }
        let arguments = ["token", "verify", "--issuer", "https://ci.example", "--jwks"]
        let good = try workplace.inject.run(arguments + ["keys.json"], input: token)
        #expect(good == CommandResult(status: 0, output: payload + "\n"))
        #expect(try workplace.inject.run(arguments + ["others.json"], input: token).status == 1)
    }

    @Test("a fake token cannot name another issuer")
    func noOtherIssuer() throws {
        let result = try Workplace().run("token", "fake", "--claim", "iss=https://token.actions.githubusercontent.com")
        #expect(result.status == 2)
        #expect(result.error.contains("error[fake-claim-refused]"))
    }

    @Test("a request without a token service says why")
    func request() throws {
        let result = try Workplace().run("token", "request")
        #expect(result.status == 2)
        #expect(result.error.contains("error[token-outside-actions]"))
    }

    @Test("a requested GitLab token is printed as it is")
    func gitlab() throws {
        let workplace = try Workplace()
        let token = try workplace.token()
        let result = try workplace.run(
            "token", "request", "--oidc-token-variable", "MY_TOKEN", environment: ["MY_TOKEN": token])
        #expect(result == CommandResult(status: 0, output: token + "\n"))
    }
}
