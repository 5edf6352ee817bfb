import Foundation
import InjectTesting
import Testing

@Suite("inject with inject-broker")
struct JobTests {
    private let bench: BrokerBench
    private let inject: CommandRunner

    init() throws {
        bench = try BrokerBench()
        let folder = try TemporaryFolder()
        inject = try CommandRunner(
            product: "inject", in: folder,
            environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path("."), "INJECT_BROKER": bench.broker.url]
        )
    }

    private func run(_ token: String, _ arguments: String...) throws -> CommandResult {
        let path = try bench.folder.write("job-token", token)
        return try inject.run(arguments, environment: ["INJECT_OIDC_TOKEN_FILE": path])
    }

    @Test("a job without a policy file gets what the broker grants, masked, and its token is taken back")
    func mainPath() throws {
        let result = try run(
            bench.token(), "-q", "-e", "prod", "--", "sh", "-c", "echo $API_KEY; wc -c <$TLS_KEY_FILE")
        #expect(result == CommandResult(status: 0, output: "***\n5\n"))
        #expect(
            try bench.events() == [
                "token.issued success", "secret.read success", "secret.read success", "token.revoked success",
            ])
    }

    @Test("an environment is the policy's that is named, whatever environment of GitHub's the job runs in")
    func otherEnvironment() throws {
        let result = try run(
            bench.token([("environment", #""break-glass""#)]), "-q", "-e", "prod", "--", "sh", "-c", "echo $API_KEY")
        #expect(result == CommandResult(status: 0, output: "***\n"))
        let issued = try #require(bench.audit().first { $0.contains("token.issued") })
        #expect(issued.contains(#""secret":"prod/API_KEY prod/TLS_KEY""#))
    }

    @Test("a job that may read nothing runs nothing, and is told no more than that")
    func refused() throws {
        let result = try run(
            bench.token([("ref", #""refs/heads/topic""#)]), "-q", "-e", "prod", "--", "touch", "ran")
        #expect(result.status == 125 && result.output.isEmpty)
        #expect(result.error.hasPrefix("inject: error["))
        #expect(try bench.events().count == 1)
    }

    @Test("the same token opens nothing a second time")
    func replay() throws {
        let token = try bench.token()
        #expect(try run(token, "-q", "-e", "prod", "--", "true").status == 0)
        #expect(try run(token, "-q", "-e", "prod", "--", "true").status == 125)
    }

    @Test("plan and explain ask without using the token up")
    func questions() throws {
        let token = try bench.token()
        let plan = try run(token, "plan", "-e", "prod")
        #expect(plan.status == 0, "\(plan)")
        #expect(plan.output.contains("API_KEY") && plan.output.contains("TLS_KEY"))
        #expect(try run(token, "explain", "prod/API_KEY").status == 0)
        #expect(try run(token, "-q", "-e", "prod", "--", "true").status == 0)
    }

    /// The digest of a certificate's public key, as `openssl` makes it.
    private static func pin(_ certificate: TestCertificate, in folder: TemporaryFolder) throws -> String {
        let shell = CommandRunner(executable: URL(fileURLWithPath: "/bin/sh"), in: folder.url)
        let command =
            "openssl x509 -in \(certificate.certificate) -pubkey -noout | openssl pkey -pubin -outform der"
            + " | openssl dgst -sha256 -binary | base64"
        return try "sha256//" + shell.run(["-c", command]).output.split(separator: "\n")[0]
    }

    @Test(
        "a broker whose public key is not one of those that are pinned gets no token, though its certificate is trusted"
    )
    func pins() throws {
        let folder = try TemporaryFolder()
        let own = try TestCertificate(in: folder, name: "broker", for: "IP:127.0.0.1")
        let other = try TestCertificate(in: folder, name: "other", for: "IP:127.0.0.1")
        let bench = try BrokerBench(extra: "tls: { certificate: \(own.certificate), key: \(own.key) }")
        let token = try folder.write("token", bench.token())
        func run(_ pin: String) throws -> CommandResult {
            try inject.run(
                ["-q", "-e", "prod", "--", "echo", "ran"],
                environment: [
                    "INJECT_BROKER": "https://127.0.0.1:\(bench.broker.port)", "INJECT_CA_BUNDLE": own.certificate,
                    "INJECT_OIDC_TOKEN_FILE": token, "INJECT_BROKER_PIN": pin,
                ])
        }
        let (right, wrong) = try (Self.pin(own, in: folder), Self.pin(other, in: folder))
        let refused = try run(wrong)
        #expect(refused.status == 125 && refused.output.isEmpty)
        #expect(try bench.events().isEmpty)
        #expect(try run("\(wrong);\(right)") == CommandResult(status: 0, output: "ran\n"))
        for malformed in ["sha256//AAAA", right.replacing("sha256", with: "sha512"), "broker.pem", right + ";"] {
            let result = try run(malformed)
            #expect(result.status == 125 && result.error.hasPrefix("inject: error[broker-pin-malformed]"), "\(result)")
        }
    }
}
