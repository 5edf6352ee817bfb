import Foundation
import InjectTesting
import Testing

@Suite("inject with AWS")
struct AWSCommandTests {
    @Test("a job gets secrets of both stores, masked, for one session that may read only them")
    func mainPath() throws {
        let job = try AWSWorkplace(
            secrets: """
                DATABASE_URL: { from: "aws-sm:shop/staging/db#url" }
                DATABASE_USER: { from: "aws-sm:shop/staging/db#user" }
                STRIPE_KEY: { from: "aws-ssm:/shop/staging/stripe" }
                """
        )
        try job.moto.seed(
            """
            sm.create_secret(Name="shop/staging/db", SecretString='{"url":"postgres://h2/shop","user":"shop-user"}')
            ssm.put_parameter(Name="/shop/staging/stripe", Type="SecureString", Value="sk_live_4242")
            """
        )
        try job.moto.startRecording()
        let result = try job.run("--", "sh", "-c", "echo $DATABASE_USER has $DATABASE_URL; echo $STRIPE_KEY >&2")
        #expect(result.status == 0)
        #expect(result.output.split(separator: "\n").last == "*** has ***")
        #expect(
            result.error == """
                ***
                ::warning title=secret-masked::DATABASE_URL was printed once on stdout, first in line 1, as literal%0A\
                help: keep the command from printing it
                ::warning title=secret-masked::DATABASE_USER was printed once on stdout, first in line 1, as literal%0A\
                help: keep the command from printing it
                ::warning title=secret-masked::STRIPE_KEY was printed once on stderr, first in line 1, as literal%0A\
                help: keep the command from printing it

                """
        )
        let requests = try job.moto.recordedRequests()
        #expect(
            requests.map(\.operation).sorted() == ["AssumeRoleWithWebIdentity", "GetParameters", "GetSecretValue"]
        )
        #expect(job.tokens.server.requests.count == 1)
        let exchange = try #require(requests.first { $0.operation == "AssumeRoleWithWebIdentity" })
        #expect(exchange.body.contains("RoleSessionName=inject-456789-77-2&DurationSeconds=900&Policy="))
        #expect(exchange.body.contains("secret%3Ashop%2Fstaging%2Fdb-%3F%3F%3F%3F%3F%3F"))
        #expect(exchange.body.contains("parameter%2Fshop%2Fstaging%2Fstripe"))
    }

    @Test("everything that cannot be fetched is said at once, and the command does not start")
    func failures() throws {
        let job = try AWSWorkplace(
            secrets: """
                MISSING: { from: "aws-sm:shop/staging/missing" }
                DELETED: { from: "aws-sm:shop/staging/deleted" }
                PRESENT: { from: "aws-sm:shop/staging/present#nothing" }
                PARAMETER: { from: "aws-ssm:/shop/staging/missing" }
                """
        )
        try job.moto.seed(
            """
            sm.create_secret(Name="shop/staging/present", SecretString='{"key":"hunter2-hunter2"}')
            sm.create_secret(Name="shop/staging/deleted", SecretString="x")
            sm.delete_secret(SecretId="shop/staging/deleted")
            """
        )
        let result = try job.run("--", "touch", "started")
        #expect(result.status == 125)
        #expect(!FileManager.default.fileExists(atPath: job.workplace.folder.path("started")))
        #expect(result.output == "")
        #expect(
            result.error == """
                error[secret-missing]: there is no secret `shop/staging/missing` in `eu-west-1`
                  --> inject.yaml:10:7
                   |
                10 |       MISSING: { from: "aws-sm:shop/staging/missing" }
                   |       ^^^^^^^
                   |
                   = note: Secrets Manager BatchGetSecretValue answered ResourceNotFoundException: Secrets Manager can't \
                find the specified secret.
                   = help: check its name and version, and that it is in this region and account
                error[aws-secret-unusable]: secret `shop/staging/deleted` cannot be read
                  --> inject.yaml:11:7
                   |
                11 |       DELETED: { from: "aws-sm:shop/staging/deleted" }
                   |       ^^^^^^^
                   |
                   = note: Secrets Manager BatchGetSecretValue answered InvalidRequestException: An error occurred \
                (InvalidRequestException) when calling the GetSecretValue operation: You tried to perform the operation \
                on a secret that's currently marked deleted.
                   = help: if it is marked for deletion, restore it: aws secretsmanager restore-secret
                error[aws-secret-unusable]: the secret `shop/staging/present` has no member `nothing`
                  --> inject.yaml:12:7
                   |
                12 |       PRESENT: { from: "aws-sm:shop/staging/present#nothing" }
                   |       ^^^^^^^
                   |
                   = help: check the part behind the `#`
                error[secret-missing]: there is no parameter `/shop/staging/missing` in `eu-west-1`
                  --> inject.yaml:13:7
                   |
                13 |       PARAMETER: { from: "aws-ssm:/shop/staging/missing" }
                   |       ^^^^^^^^^
                   |
                   = note: SSM GetParameters answered ParameterNotFound: the name is among `InvalidParameters`
                   = help: check its name and version, and that it is in this region and account

                """
        )
    }

    @Test("a job that waits in vain ends at its deadline and says what it waited for")
    func deadline() throws {
        let job = try AWSWorkplace(secrets: #"KEY: { from: "aws-sm:k" }"#)
        let silent = try LoopbackServer { _ in .silence }
        let result = try job.run(
            "--deadline", "1s", "--", "touch", "started",
            environment: ["AWS_ENDPOINT_URL": silent.url]
        )
        #expect(result.status == 125)
        #expect(
            result.error == """
                inject: error[deadline-passed]: exchanging the job's token with AWS was not done 1 s after the start
                  = help: check that this machine reaches what it asks; `--deadline 2m` gives it more time

                """
        )
    }

    @Test("waiting is visible, and the number of tries is AWS's own variable")
    func waiting() throws {
        let job = try AWSWorkplace(secrets: #"KEY: { from: "aws-sm:k" }"#)
        let busy = try LoopbackServer { _ in
            .text(
                "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>",
                status: 400)
        }
        let result = try job.run(
            "--", "touch", "started",
            environment: ["AWS_ENDPOINT_URL_STS": busy.url, "AWS_MAX_ATTEMPTS": "2"]
        )
        #expect(result.status == 125)
        #expect(
            result.error.replacing(/waiting \d\.\d s/, with: "waiting <time>") == """
                inject: waiting <time>: STS throttled (2/2)
                inject: error[exchange-unavailable]: STS is asked too much by this account
                  = note: STS AssumeRoleWithWebIdentity answered Throttling: Rate exceeded
                  = help: run the job again; if it stays, check the region, the network and health.aws.amazon.com

                """
        )
        #expect(busy.requests.count == 2)
    }
}
