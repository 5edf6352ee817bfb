import Foundation
import InjectTesting
import JOSE
import Testing

@Suite("inject doctor")
struct DoctorCommandTests {
    @Test("a job of GitHub sees what works and what does not, and reads no value")
    func job() throws {
        let job = try AWSWorkplace(
            secrets: """
                DATABASE_URL: { from: "aws-sm:shop/staging/db#url" }
                DELETED: { from: "aws-sm:shop/staging/deleted" }
                OLD: { from: "aws-sm:shop/staging/db?stage=AWSPREVIOUS" }
                STRIPE_KEY: { from: "aws-ssm:/shop/staging/stripe" }
                """
        )
        try job.moto.seed(
            """
            sm.create_secret(Name="shop/staging/db", SecretString="x")
            sm.create_secret(Name="shop/staging/deleted", SecretString="x")
            sm.delete_secret(SecretId="shop/staging/deleted")
            """
        )
        try job.moto.startRecording()
        let result = try job.run("doctor")
        #expect(result.status == 1 && result.error == "")
        #expect(
            withoutTime(result.output)
                .replacing(job.issuer.url, with: "<issuer>") == """
                    ok    policy        inject.yaml: staging
                    ok    issuer        <issuer>
                    skip  clock         the issuer does not tell its time
                    ok    token         repo:acme/shop:ref:refs/heads/main, for sts.amazonaws.com, valid for <time>
                    ok    grants        staging: 4 of 4 secrets
                    ok    role          arn:aws:iam::123456789012:role/inject-staging
                    ok    DATABASE_URL  aws-sm:shop/staging/db#url, of which the key `url` was not checked
                    FAIL  DELETED       secret `shop/staging/deleted` is marked for deletion
                            --> inject.yaml:11:7
                             |
                          11 |       DELETED: { from: "aws-sm:shop/staging/deleted" }
                             |       ^^^^^^^
                             |
                             = help: restore it: aws secretsmanager restore-secret --secret-id shop/staging/deleted
                    FAIL  OLD           secret `shop/staging/db` has no such version
                            --> inject.yaml:12:7
                             |
                          12 |       OLD: { from: "aws-sm:shop/staging/db?stage=AWSPREVIOUS" }
                             |       ^^^
                             |
                             = help: aws secretsmanager list-secret-version-ids --secret-id shop/staging/db
                    FAIL  STRIPE_KEY    there is no parameter `/shop/staging/stripe` in `eu-west-1`
                            --> inject.yaml:13:7
                             |
                          13 |       STRIPE_KEY: { from: "aws-ssm:/shop/staging/stripe" }
                             |       ^^^^^^^^^^
                             |
                             = help: check its name, and that it is in this region and account
                    3 of these checks failed

                    """
        )
        let requests = try job.moto.recordedRequests()
        #expect(!requests.contains { $0.operation.hasPrefix("Get") || $0.operation.hasPrefix("Batch") })
        #expect(requests[0].body.contains("DescribeSecret") && !requests[0].body.contains("GetSecretValue"))
    }

    @Test("what the role may not describe is skipped, since a run need not describe it")
    func hidden() throws {
        let job = try AWSWorkplace(
            secrets: """
                DATABASE_URL: { from: "aws-sm:shop/staging/db" }
                STRIPE_KEY: { from: "aws-ssm:/shop/staging/stripe" }
                """
        )
        let denied = LoopbackReply.text(#"{"__type":"AccessDeniedException","Message":"not authorized"}"#, status: 400)
        let stores = try LoopbackServer { _ in denied }
        let result = try job.run(
            "doctor",
            environment: ["AWS_ENDPOINT_URL_SECRETS_MANAGER": stores.url, "AWS_ENDPOINT_URL_SSM": stores.url]
        )
        #expect(result.status == 0 && result.error == "")
        #expect(
            result.output.hasSuffix(
                """
                ok    role          arn:aws:iam::123456789012:role/inject-staging
                skip  DATABASE_URL  not looked at: allow `secretsmanager:DescribeSecret` to have it checked; a run does not \
                need that
                skip  STRIPE_KEY    not looked at: allow `ssm:DescribeParameters` to have it checked; a run does not need that
                nothing is wrong

                """
            )
        )
    }

    @Test("a version that a parameter never had is a failure, and a label is not looked at")
    func versions() throws {
        let job = try AWSWorkplace(
            secrets: """
                FIRST: { from: "aws-ssm:/shop/b:1" }
                LABEL: { from: "aws-ssm:/shop/b:blue" }
                NEVER: { from: "aws-ssm:/shop/b:99" }
                """
        )
        try job.moto.seed("ssm.put_parameter(Name='/shop/b', Value='x', Type='SecureString')")
        let result = try job.run("doctor")
        #expect(result.status == 1 && result.error == "")
        #expect(
            result.output.hasSuffix(
                """
                ok    FIRST         aws-ssm:/shop/b:1
                ok    LABEL         aws-ssm:/shop/b:blue, of which the label `blue` was not checked
                FAIL  NEVER         parameter `/shop/b` has no version 99
                        --> inject.yaml:12:7
                         |
                      12 |       NEVER: { from: "aws-ssm:/shop/b:99" }
                         |       ^^^^^
                         |
                         = help: aws ssm get-parameter-history --name /shop/b --query 'Parameters[].Version'
                1 of these checks failed

                """
            )
        )
    }

    @Test("a role that does not trust the job, and a clock that is wrong, are failures with what to do")
    func refused() throws {
        let job = try AWSWorkplace(secrets: #"KEY: { from: "aws-sm:k" }"#)
        let issuer = job.issuer
        issuer.follow { request in
            guard request.path == "/jwks" else { return nil }
            let headers = [(name: "Date", value: "Mon, 17 Aug 2026 15:33:20 GMT")]
            return .answer(status: 200, headers: headers, body: issuer.signer.jwks)
        }
        let sts = try LoopbackServer { _ in
            .text(
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
                status: 403
            )
        }
        let result = try job.run("doctor", environment: ["AWS_ENDPOINT_URL_STS": sts.url])
        #expect(result.status == 1)
        #expect(result.output.contains("FAIL  clock         this machine's clock is "))
        #expect(result.output.contains("FAIL  role          AWS does not let this job become"))
        #expect(result.output.contains("sub    repo:acme/shop:ref:refs/heads/main  anything\n"))
        #expect(result.output.hasSuffix("skip  KEY           not reached: aws-sm:k\n2 of these checks failed\n"))
    }

    @Test("on a developer's machine everything local is checked")
    func local() throws {
        let workplace = try Workplace()
        let good = try workplace.run("doctor", "--environment", "dev")
        #expect(good.status == 0 && good.error == "")
        let start = """
            ok    policy        inject.yaml: dev, prod
            skip  issuer        this is no CI job: its tokens are this machine's own
            ok    token         repo:acme/shop:ref:refs/heads/main, for inject, valid for <time>
            ok    grants        dev: 2 of 2 secrets
            ok    DATABASE_URL  dotenv:.env.local

            """
        #expect(withoutTime(good.output) == start + "ok    TLS_KEY       dotenv:.env.local\nnothing is wrong\n")
        let bad = try Workplace(dotenv: "DATABASE_URL=x\n").run("doctor", "--environment", "dev")
        #expect(bad.status == 1)
        #expect(
            withoutTime(bad.output) == start + """
                FAIL  TLS_KEY       `.env.local` has no key `TLS_KEY`
                        --> .env.local
                        = help: add a line `TLS_KEY=…`
                1 of these checks failed

                """
        )
    }

    @Test("without a policy there is one line, and what to do")
    func noPolicy() throws {
        let result = try Workplace(policy: nil).run("doctor")
        #expect(result.status == 1)
        #expect(
            result.output == """
                FAIL  policy        there is no policy at `inject.yaml`
                        = help: run inject inside the repository, or name the file with `--policy FILE`
                1 of these checks failed

                """
        )
    }

    /// The report with a word in place of the seconds that its token has left: they pass while it is written.
    private func withoutTime(_ report: String) -> String {
        report.replacing(/valid for \d+ s/, with: "valid for <time>")
    }
}
