import Foundation
import InjectTesting
import Testing

@Suite("inject with AWS behind a network that fails")
struct AWSNetworkTests {
    private let job: AWSWorkplace
    private let moto: Int

    init() throws {
        job = try AWSWorkplace(
            secrets: """
                KEY: { from: "aws-sm:key" }
                PARAMETER: { from: "aws-ssm:/parameter" }
                """
        )
        try job.moto.seed(
            """
            sm.create_secret(Name="key", SecretString="sk_live_4242")
            ssm.put_parameter(Name="/parameter", Type="SecureString", Value="hunter2-hunter2")
            """
        )
        moto = try #require(URL(string: job.moto.url)?.port)
    }

    private func run(through front: HAProxy, _ variables: [String: String] = [:]) throws -> CommandResult {
        let url = "http://127.0.0.1:\(front.port)"
        let result = try job.run(
            "--", "sh", "-c", "echo $KEY $PARAMETER",
            environment: ["AWS_ENDPOINT_URL": url].merging(variables) { $1 }
        )
        return CommandResult(
            status: result.status,
            output: result.output.split(separator: "\n").last.map(String.init) ?? "",
            error: result.error.replacing(/waiting \d\.\d s/, with: "waiting <time>")
                .replacing("127.0.0.1:\(front.port)", with: "<front>")
        )
    }

    private static let masked = ["KEY", "PARAMETER"].map {
        """
        ::warning title=secret-masked::\($0) was printed once on stdout, first in line 1, as literal%0A\
        help: keep the command from printing it

        """
    }.joined()

    @Test(
        "what passes by itself is waited for, visibly, and nothing is lost",
        arguments: [
            (
                "GetParameters",
                #"return status 400 content-type application/x-amz-json-1.1 string "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}""#,
                "SSM throttled", 2
            ),
            (
                "GetSecretValue", "return status 503 content-type text/html string <html></html>",
                "Secrets Manager answered 503", 2
            ),
            ("GetParameters", "return status 500", "SSM answered 500", 2),
            // The first time the connection was a used one: libcurl sends the request again over a new one by itself.
            ("GetSecretValue", "reject", "Secrets Manager could not be reached", 1),
        ]
    )
    func passing(target: String, action: String, reason: String, count: Int) throws {
        let front = try HAProxy(before: moto, rules: HAProxy.first(2, of: target, action))
        let result = try run(through: front)
        #expect(result.status == 0 && result.output == "*** ***")
        let waits = (2...(count + 1)).map { "inject: waiting <time>: \(reason) (\($0)/6)\n" }.joined()
        #expect(result.error == waits + Self.masked)
    }

    @Test("a batch that is throttled to the end becomes single requests")
    func fallback() throws {
        let wide = try AWSWorkplace(
            secrets: "A: { from: \"aws-sm:a\" }\nB: { from: \"aws-sm:b\" }"
        )
        try wide.moto.seed("for name in 'ab': sm.create_secret(Name=name, SecretString=name * 8 + '-value')")
        let port = try #require(URL(string: wide.moto.url)?.port)
        let action =
            #"return status 400 content-type application/x-amz-json-1.1 string "{\"__type\":\"ThrottlingException\"}""#
        let front = try HAProxy(before: port, rules: HAProxy.first(1000, of: "BatchGetSecretValue", action))
        try wide.moto.startRecording()
        let result = try wide.run(
            "--", "sh", "-c", "echo $A $B",
            environment: ["AWS_ENDPOINT_URL": "http://127.0.0.1:\(front.port)", "AWS_MAX_ATTEMPTS": "2"]
        )
        #expect(result.status == 0 && result.output.hasSuffix("*** ***\n"), "\(result.error)")
        let operations = try wide.moto.recordedRequests().map(\.operation)
        #expect(operations == ["AssumeRoleWithWebIdentity", "GetSecretValue", "GetSecretValue"])
    }

    @Test("an answer that comes late is waited for")
    func latency() throws {
        let rules = """
            tcp-request inspect-delay 300ms
            tcp-request content accept if WAIT_END
            """
        let result = try run(through: HAProxy(before: moto, rules: rules))
        #expect(result == CommandResult(status: 0, output: "*** ***", error: Self.masked))
    }

    @Test(
        "what does not pass is one diagnostic, and the command does not start",
        arguments: [
            (
                "return status 403 content-type text/html string <html>blocked</html>",
                "Secrets Manager GetSecretValue answered 403 with a body of type text/html that is no answer of AWS (20 bytes)"
            ),
            (
                #"return status 400 content-type application/x-amz-json-1.1 string "{\"__type\":\"AccessDeniedException\",\"Message\":\"no identity-based policy allows it\"}""#,
                "Secrets Manager GetSecretValue answered AccessDeniedException: no identity-based policy allows it"
            ),
            (
                #"return status 400 content-type application/x-amz-json-1.1 string "{\"__type\":\"DecryptionFailure\",\"Message\":\"no access to KMS\"}""#,
                "Secrets Manager GetSecretValue answered DecryptionFailure: no access to KMS"
            ),
            (
                #"return status 200 content-type application/x-amz-json-1.1 string "{\"Name\":\"key\"}""#,
                "Secrets Manager GetSecretValue answered 200 with an entry that has neither `SecretString` nor `SecretBinary`"
            ),
        ]
    )
    func refused(action: String, note: String) throws {
        let front = try HAProxy(before: moto, rules: HAProxy.first(1000, of: "GetSecretValue", action))
        let result = try run(through: front)
        #expect(result.status == 125 && result.output == "")
        #expect(result.error.split(separator: "\n").count { $0.contains("error[") } == 1)
        #expect(result.error.contains("  = note: \(note)\n"), "\(result.error)")
        #expect(result.error.contains("  = help: "))
    }

    @Test("a front with TLS 1.3 is trusted by its authority, an old, wrong, strange or expired one is not")
    func tls() throws {
        let folder = job.workplace.folder
        let own = try TestCertificate(in: folder, name: "own", for: "IP:127.0.0.1")
        let strange = try TestCertificate(in: folder, name: "strange", for: "IP:127.0.0.1")
        let named = try TestCertificate(in: folder, name: "named", for: "DNS:elsewhere.example")
        let expired = try TestCertificate(in: folder, name: "expired", for: "IP:127.0.0.1", isExpired: true)
        func run(_ bind: String, _ trusted: TestCertificate) throws -> CommandResult {
            let front = try HAProxy(before: moto, bind: "ssl crt \(bind)")
            return try self.run(
                through: front,
                [
                    "AWS_ENDPOINT_URL": "https://127.0.0.1:\(front.port)", "AWS_CA_BUNDLE": trusted.certificate,
                    "AWS_MAX_ATTEMPTS": "1",
                ]
            )
        }
        let accepted = try run("\(own.both) ssl-min-ver TLSv1.3", own)
        #expect(accepted == CommandResult(status: 0, output: "*** ***", error: Self.masked))
        for (bind, trusted, reason) in [
            ("\(own.both) ssl-max-ver TLSv1.2", own, "protocol version"),
            (own.both, strange, "self-signed certificate"),
            (named.both, named, "no alternative certificate subject name matches"),
            (expired.both, expired, "certificate has expired"),
        ] {
            let refused = try run(bind, trusted)
            #expect(refused.status == 125 && refused.output == "")
            #expect(refused.error.contains(reason), "\(refused.error)")
            #expect(refused.error.contains("error[exchange-unavailable]: STS could not be reached"))
        }
    }

    /// In a mount namespace of its own, with other certificates in the place of the system's.
    private func run(trusting folder: String, through front: HAProxy, named bundle: String? = nil) throws
        -> CommandResult
    {
        let runner = CommandRunner(
            executable: URL(fileURLWithPath: "/usr/bin/unshare"),
            in: job.workplace.folder.url,
            environment: job.environment.merging([
                "AWS_ENDPOINT_URL": "https://127.0.0.1:\(front.port)", "AWS_MAX_ATTEMPTS": "1", "PATH": "/usr/bin:/bin",
                "HOME": job.workplace.folder.path("home"),
            ]) { $1 }
        )
        let named = bundle.map { "AWS_CA_BUNDLE=\($0) " } ?? ""
        let script = "mount --bind \(folder) /etc/ssl/certs && \(named)exec \(job.workplace.inject.path) -q -- true"
        return try runner.run(["--mount", "/bin/sh", "-c", script])
    }

    @Test("the system's certificates are found by their hash, and in a bundle that was added to by hand as well")
    func systemTrust() throws {
        let folder = job.workplace.folder
        let own = try TestCertificate(in: folder, name: "own", for: "IP:127.0.0.1")
        let other = try TestCertificate(in: folder, name: "other", for: "IP:127.0.0.1")
        let front = try HAProxy(before: moto, bind: "ssl crt \(own.both)")
        let script = """
            mkdir -p $1
            if test -n "$3"; then cp other.pem $1/ca-certificates.crt; else echo not read >$1/ca-certificates.crt; fi
            test -z "$2" || cp $2 $1/found.pem
            openssl rehash $1 2>/dev/null
            test -z "$3" || { touch -d @1 $1; cat $3 >>$1/ca-certificates.crt; }
            """
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"), in: folder.url, environment: ["PATH": "/usr/bin:/bin"])
        func certificates(_ name: String, hashed: String = "", added: String = "") throws -> String {
            let result = try shell.run(["-ec", script, "sh", name, hashed, added])
            try #require(result.status == 0, "\(result.error)")
            return folder.path(name)
        }
        let hashed = try run(trusting: certificates("hashed", hashed: own.certificate), through: front)
        #expect(hashed.status == 0, "\(hashed.error)")
        let named = try run(
            trusting: folder.path("hashed"), through: front, named: "/etc/ssl/certs/ca-certificates.crt")
        #expect(named.status == 0, "\(named.error)")
        let added = try run(
            trusting: certificates("added", hashed: other.certificate, added: own.certificate), through: front)
        #expect(added.status == 0, "\(added.error)")
        let bundled = try run(trusting: certificates("bundled", added: own.certificate), through: front)
        #expect(bundled.status == 0, "\(bundled.error)")
        let strange = try run(trusting: certificates("strange", hashed: other.certificate), through: front)
        #expect(strange.status == 125 && strange.error.contains("certificate"), "\(strange.error)")
    }

    @Test("what is offered as HTTP/2 is asked with HTTP/2")
    func http2() throws {
        let own = try TestCertificate(in: job.workplace.folder, name: "own", for: "IP:127.0.0.1")
        let rules = "http-request return status 505 content-type text/plain lf-string %HV if !{ req.ver 2.0 }"
        let front = try HAProxy(before: moto, rules: rules, bind: "ssl crt \(own.both) alpn h2,http/1.1")
        let result = try run(
            through: front,
            ["AWS_ENDPOINT_URL": "https://127.0.0.1:\(front.port)", "AWS_CA_BUNDLE": own.certificate]
        )
        #expect(result == CommandResult(status: 0, output: "*** ***", error: Self.masked))
    }

    @Test("a proxy carries everything but what stays on this machine, and is left out where NO_PROXY says so")
    func proxy() throws {
        let own = try TestCertificate(in: job.workplace.folder, name: "own", for: "DNS:aws.example")
        let front = try HAProxy(before: moto, bind: "ssl crt \(own.both)")
        let proxy = try Tinyproxy(names: ["aws.example"], tunnelsTo: front.port)
        let variables = [
            "AWS_ENDPOINT_URL": "https://aws.example:\(front.port)", "AWS_CA_BUNDLE": own.certificate,
            "HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)", "AWS_MAX_ATTEMPTS": "1",
        ]
        let result = try run(through: front, variables)
        #expect(result == CommandResult(status: 0, output: "*** ***", error: Self.masked))
        #expect(proxy.log.contains("CONNECT aws.example:\(front.port) HTTP/1.1"))
        let direct = try run(through: front, variables.merging(["NO_PROXY": ".example"]) { $1 })
        #expect(direct.status == 125)
        #expect(direct.error.contains("Could not resolve host: aws.example"), "\(direct.error)")
    }

    @Test("a proxy's address that cannot be read is tried once, and nothing of it is printed")
    func malformedProxy() throws {
        let variables = ["AWS_ENDPOINT_URL": "https://aws.example", "HTTPS_PROXY": "http://svc:Pa/ss#w0rd@127.0.0.1:1"]
        let result = try job.run("--", "true", environment: variables)
        #expect(result.status == 125 && result.output == "")
        #expect(
            result.error == """
                inject: error[exchange-unavailable]: STS could not be reached
                  = note: STS AssumeRoleWithWebIdentity: `HTTPS_PROXY` is not the address of a proxy; in its password, \
                write `/` as `%2F`, `?` as `%3F` and `#` as `%23`
                  = help: check the address in `HTTPS_PROXY`, and in `NO_PROXY` what is reached without it

                """
        )
    }

    @Test("without libcurl a run that needs the network says what to install, and one that does not goes on")
    func withoutLibrary() throws {
        let folder = job.workplace.folder
        try folder.write("libraries/libcurl.so.4", "no library")
        let variables = ["LD_LIBRARY_PATH": folder.path("libraries")]
        let result = try job.run("--", "true", environment: variables)
        #expect(result.status == 125)
        #expect(
            result.error == """
                inject: error[library-missing]: libcurl cannot be loaded: \(folder.path("libraries"))/libcurl.so.4: file too short
                  = help: install it: apt-get install libcurl4, or libcurl4t64 from Debian 13 and Ubuntu 24.04 on

                """
        )
        #expect(try job.workplace.inject.run(["--version"], environment: variables).status == 0)
    }

    @Test("with every right checked, a session's own signature opens what its role may, and no other does")
    func enforced() throws {
        try job.moto.seed(
            """
            iam.create_role(RoleName="inject-staging", AssumeRolePolicyDocument="{}")
            iam.put_role_policy(RoleName="inject-staging", PolicyName="p", PolicyDocument='{"Version":"2012-10-17",'
                '"Statement":[{"Effect":"Allow","Action":["secretsmanager:*","ssm:*"],"Resource":"*"}]}')
            """
        )
        try job.moto.enforceAuthorization(after: 1)
        let result = try job.run("--", "sh", "-c", "echo $KEY $PARAMETER")
        #expect(result.status == 0 && result.output.hasSuffix("*** ***\n"), "\(result.error)")
    }
}
