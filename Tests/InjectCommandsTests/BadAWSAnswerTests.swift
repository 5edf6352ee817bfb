import Foundation
import InjectTesting
import Testing

/// Answers that no service of AWS gives, but a proxy, a firewall or an attacker might.
@Suite("inject with answers that are none of AWS's")
struct BadAWSAnswerTests {
    struct Answer: Sendable {
        let name: String
        let reply: LoopbackReply
        let message: String
        let note: String
    }

    static let session = """
        <AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>AKIA</AccessKeyId>\
        <SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>\
        <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult>\
        </AssumeRoleWithWebIdentityResponse>
        """

    private static let strange = "STS did not answer as it should"
    private static let away = "STS could not be reached"
    private static let again = "try again; if it stays, check whether a proxy stands between this machine and AWS"
    private static let unreachable = "check that `eu-west-1` is a region, and that this machine may reach it over HTTPS"

    static let halfway = LoopbackReply.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"SecretValues\":[")

    private static func run(_ variables: (LoopbackServer) -> [String: String], _ reply: LoopbackReply) throws
        -> (CommandResult, AWSWorkplace)
    {
        let job = try AWSWorkplace(secrets: "A: { from: \"aws-sm:a\" }\nB: { from: \"aws-sm:b\" }")
        let server = try LoopbackServer { _ in reply }
        let result = try job.run(
            "--", "touch", "started",
            environment: variables(server).merging(["AWS_MAX_ATTEMPTS": "1"]) { $1 }
        )
        #expect(!FileManager.default.fileExists(atPath: job.workplace.folder.path("started")))
        let error = result.error.replacing(server.url, with: "<server>")
        return (CommandResult(status: result.status, output: result.output, error: error), job)
    }

    @Test(
        "an exchange without a session is one diagnostic, and nothing is fetched",
        arguments: [
            Answer(
                name: "HTML", reply: .text("<html>login</html>", headers: [("Content-Type", "text/html")]),
                message: strange, note: " answered 200 with a body without credentials (18 bytes)"),
            Answer(
                name: "JSON", reply: .text("{}", headers: [("Content-Type", "application/json")]), message: strange,
                note: " answered 200 with a body without credentials (2 bytes)"),
            Answer(
                name: "half a document", reply: .text(String(session.prefix(150))), message: strange,
                note: " answered 200 with a body without credentials (150 bytes)"),
            Answer(
                name: "no credentials", reply: .text("<AssumeRoleWithWebIdentityResponse/>"), message: strange,
                note: " answered 200 with a body without credentials (36 bytes)"),
            Answer(
                name: "an empty key", reply: .text(session.replacing("AKIA", with: "")), message: strange,
                note: " answered 200 with a body without credentials (312 bytes)"),
            Answer(
                name: "nothing", reply: .text(""), message: strange,
                note: " answered 200 with a body without credentials (0 bytes)"),
            Answer(
                name: "an end without end", reply: .endless, message: away,
                note: ": the answer of `<server>/` is longer than 16777216 bytes"),
            Answer(
                name: "half an answer", reply: halfway, message: away,
                note: ": no answer from `<server>/`: Transferred a partial file"),
        ]
    )
    func exchange(answer: Answer) throws {
        let (result, _) = try Self.run({ ["AWS_ENDPOINT_URL_STS": $0.url] }, answer.reply)
        #expect(result.status == 125)
        #expect(
            result.error == """
                inject: error[exchange-unavailable]: \(answer.message)
                  = note: STS AssumeRoleWithWebIdentity\(answer.note)
                  = help: run the job again; if it stays, check the region, the network and health.aws.amazon.com

                """
        )
    }

    @Test(
        "secrets without values are one diagnostic with all their names",
        arguments: [
            Answer(
                name: "HTML", reply: .text("<html>login</html>", headers: [("Content-Type", "text/html")]),
                message: again, note: "BatchGetSecretValue answered 200 with a body that is no JSON (18 bytes)"),
            Answer(
                name: "half a document", reply: .text(#"{"SecretValues":[{"Name":"a""#), message: again,
                note: "BatchGetSecretValue answered 200 with a body that is no JSON (28 bytes)"),
            Answer(
                name: "an empty batch", reply: .text(#"{"SecretValues":[],"Errors":[]}"#), message: again,
                note: "GetSecretValue answered 200 with an entry that has neither `SecretString` nor `SecretBinary`"),
            Answer(
                name: "an object without members", reply: .text("{}"), message: again,
                note: "GetSecretValue answered 200 with an entry that has neither `SecretString` nor `SecretBinary`"),
            Answer(
                name: "a secret nobody asked for",
                reply: .text(#"{"SecretValues":[{"Name":"c","ARN":"c","SecretString":"x"}]}"#), message: again,
                note: "GetSecretValue answered 200 with an entry that has neither `SecretString` nor `SecretBinary`"),
            Answer(
                name: "a member twice", reply: .text(#"{"SecretValues":[],"SecretValues":[]}"#), message: again,
                note: "BatchGetSecretValue answered 200 with a body that is no JSON (37 bytes)"),
            Answer(
                name: "an end without end", reply: .endless, message: unreachable,
                note: "BatchGetSecretValue: the answer of `<server>/` is longer than 16777216 bytes"),
            Answer(
                name: "half an answer", reply: halfway, message: unreachable,
                note: "BatchGetSecretValue: no answer from `<server>/`: Transferred a partial file"),
        ]
    )
    func batch(answer: Answer) throws {
        let (result, _) = try Self.run({ ["AWS_ENDPOINT_URL_SECRETS_MANAGER": $0.url] }, answer.reply)
        #expect(result.status == 125)
        #expect(
            result.error == """
                error[aws-unreachable]: secret `a` could not be fetched
                  --> inject.yaml:10:7
                   |
                10 |       A: { from: "aws-sm:a" }
                   |       ^
                   |
                   = note: Secrets Manager \(answer.note)
                   = note: the same goes for `B`
                   = help: \(answer.message)

                """
        )
    }
}
