import Foundation
import InjectTesting
import Testing

@Suite("inject credentials")
struct CredentialsCommandTests {
    static let secrets = """
        DATABASE_URL: { from: "aws-sm:shop/staging/db" }
        STRIPE_KEY: { from: "aws-ssm:/shop/staging/stripe" }
        """

    @Test("a job's session is printed for other programs, and may read the granted secrets alone")
    func exchange() throws {
        let job = try AWSWorkplace(secrets: Self.secrets)
        try job.moto.startRecording()
        let result = try job.workplace.inject.run(
            ["credentials", "--only", "STRIPE_KEY"], environment: job.environment)
        #expect(result.status == 0)
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        )
        #expect(Set(json.keys) == ["Version", "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"])
        #expect(json["Version"] as? Int == 1)
        let key = try #require(json["SecretAccessKey"] as? String)
        let token = try #require(json["SessionToken"] as? String)
        #expect(result.error == "::add-mask::\(key)\n::add-mask::\(token)\n")
        let body = try #require(try job.moto.recordedRequests().first).body
        #expect(body.contains("ssm%3AGetParameters") && !body.contains("secretsmanager"))
    }

    @Test("where AWS holds none of the secrets there is no session to print, and STS is not asked")
    func nothing() throws {
        let secrets = "KEY: { from: \"file:key\" }\nOTHER: { from: \"aws-sm:shop/other\" }"
        let job = try AWSWorkplace(secrets: secrets)
        try job.moto.startRecording()
        let result = try job.run("credentials", "--only", "KEY")
        #expect(
            result
                == CommandResult(
                    status: 2, output: "",
                    error: """
                        inject: error[exchange-unsupported]: AWS holds none of these secrets, so there is nothing to take a \
                        session for
                          = help: name others with `--only NAME,…`, or another environment

                        """))
        #expect(try job.moto.recordedRequests().isEmpty)
    }

    @Test("botocore takes them from inject as from any `credential_process`")
    func credentialProcess() throws {
        let job = try AWSWorkplace(secrets: Self.secrets)
        try job.workplace.folder.write(
            "home/.aws/config",
            "[profile staging]\ncredential_process = \(job.workplace.inject.path) credentials\n"
        )
        let script = """
            import botocore.session
            keys = botocore.session.Session(profile="staging").get_credentials().get_frozen_credentials()
            print(keys.access_key[:4], bool(keys.secret_key), bool(keys.token), end="")
            """
        let python = CommandRunner(
            executable: try Python.program("python"),
            in: job.workplace.folder.url,
            environment: job.environment.merging([
                "HOME": job.workplace.folder.path("home"), "PATH": "/usr/bin:/bin", "AWS_REGION": "eu-west-1",
            ]) { $1 }
        )
        let result = try python.run(["-c", script])
        #expect(result.output == "ASIA True True", "\(result.error)")
    }

    @Test("the AWS CLI reads a granted secret with a session from inject")
    func commandLine() throws {
        let job = try AWSWorkplace(secrets: Self.secrets)
        try job.moto.seed(#"sm.create_secret(Name="shop/staging/db", SecretString="postgres://h2/shop")"#)
        try job.workplace.folder.write(
            "home/.aws/config",
            "[profile staging]\nregion = eu-west-1\ncredential_process = \(job.workplace.inject.path) credentials\n"
        )
        let aws = CommandRunner(
            executable: try Python.program("aws"),
            in: job.workplace.folder.url,
            environment: job.environment.merging([
                "HOME": job.workplace.folder.path("home"), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
            ]) { $1 }
        )
        let result = try aws.run([
            "secretsmanager", "get-secret-value", "--profile", "staging", "--secret-id", "shop/staging/db", "--query",
            "SecretString", "--output", "text",
        ])
        #expect(result.status == 0 && result.output == "postgres://h2/shop\n", "\(result.error)")
    }

    static let local = """
        version: "1"
        repository: acme/shop
        environments:
          dev:
            local: "true"
            secrets:
              API_KEY: { from: "aws-sm:shop/dev/api" }
              TOKEN: { from: "aws-ssm:/shop/dev/token" }
            grants:
              - { id: locally, when: { event_name: local }, read: [API_KEY, TOKEN] }

        """

    @Test("a local environment reads AWS with what the developer has")
    func developer() throws {
        let moto = try MotoServer()
        try moto.seed(
            """
            sm.create_secret(Name="shop/dev/api", SecretString="hunter2-hunter2")
            ssm.put_parameter(Name="/shop/dev/token", Type="SecureString", Value="token-token")
            """
        )
        let workplace = try Workplace(policy: Self.local)
        try workplace.folder.write(
            "home/.aws/credentials",
            "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\"\\\n"
        )
        let variables = ["AWS_ENDPOINT_URL": moto.url, "AWS_REGION": "eu-west-1", "AWS_EC2_METADATA_DISABLED": "true"]
        let run = try workplace.run("--", "sh", "-c", "echo $API_KEY $TOKEN", environment: variables)
        #expect(run.status == 0 && run.output == "*** ***\n")
        let doctor = try workplace.run("doctor", environment: variables)
        #expect(doctor.output.contains("ok    credentials   found where AWS's own tools look for them\nok    API_KEY"))
        let printed = try workplace.run("credentials", environment: variables)
        #expect(
            printed.output == #"{"Version":1,"AccessKeyId":"AKIAIOSFODNN7EXAMPLE","SecretAccessKey":"secret\"\\"}"#
                + "\n"
        )
    }

    @Test("a program that prints credentials leaves standard input to the command")
    func program() throws {
        let moto = try MotoServer()
        try moto.seed(#"sm.create_secret(Name="shop/dev/api", SecretString="hunter2-hunter2")"#)
        let workplace = try Workplace(policy: Self.local)
        let script = try workplace.folder.write(
            "print.sh",
            """
            cat >/dev/null
            echo '{"Version":1,"AccessKeyId":"AKIAIOSFODNN7EXAMPLE","SecretAccessKey":"secret"}'
            """
        )
        try workplace.folder.write("home/.aws/config", "[default]\ncredential_process = /bin/sh '\(script)'\n")
        let variables = ["AWS_ENDPOINT_URL": moto.url, "AWS_REGION": "eu-west-1"]
        let run = try workplace.run(
            "--only", "API_KEY", "--", "cat", environment: variables, input: "for the command\n")
        #expect(run.status == 0 && run.output == "for the command\n", "\(run.error)")
    }

    @Test("a program that prints nothing in time is named, and does not outlive inject")
    func slowProgram() throws {
        let workplace = try Workplace(policy: Self.local)
        let script = try workplace.folder.write("slow.sh", "sleep 10\necho late >&2\n")
        try workplace.folder.write("home/.aws/config", "[default]\ncredential_process = /bin/sh '\(script)'\n")
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"),
            in: workplace.folder.url,
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home"), "LC_ALL": "C.UTF-8",
                "INJECT": workplace.inject.path, "AWS_REGION": "eu-west-1", "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
            ]
        )
        // The second program of the pipe ends when nobody has its other end any more.
        let result = try shell.run(["-c", #""$INJECT" --deadline 1s -- touch started 2>&1 | cat"#])
        #expect(
            result.output == """
                inject: error[deadline-passed]: getting AWS credentials was not done 1 s after the start
                  = note: `/bin/sh`, the `credential_process` of profile `default`, was still running
                  = help: check that this machine reaches what it asks; `--deadline 2m` gives it more time

                """
        )
        #expect(!FileManager.default.fileExists(atPath: workplace.folder.path("started")))
    }

    @Test("a developer without credentials or region is told once what to do")
    func missing() throws {
        let workplace = try Workplace(policy: Self.local)
        let variables = ["AWS_EC2_METADATA_DISABLED": "true", "AWS_ENDPOINT_URL": "http://127.0.0.1:9"]
        let region = try workplace.run("--", "true", environment: variables)
        #expect(region.status == 125)
        #expect(
            region.error == """
                inject: error[aws-region-missing]: there is no region to ask AWS in
                  = help: set `AWS_REGION`, or `region` in the profile of `AWS_PROFILE`

                """
        )
        let none = try workplace.run("--", "true", environment: variables.merging(["AWS_REGION": "eu-west-1"]) { $1 })
        #expect(none.status == 125)
        #expect(none.error.split(separator: "\n").count == 3)
        #expect(none.error.hasPrefix("inject: error[aws-credentials-missing]: there are no AWS credentials\n"))
    }
}
