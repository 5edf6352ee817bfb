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
}
