import Foundation
import InjectTesting
import Testing

@Suite("inject with a broker and no policy file")
struct PolicylessTests {
    private let job: BrokerWorkplace

    init() throws { job = try BrokerWorkplace(hasPolicy: false) }

    @Test("what the broker grants in the environment is delivered as the broker says")
    func mainPath() throws {
        let result = try job.run(
            "-q", "--broker", job.broker.url, "-e", "staging", "--", "sh", "-c",
            "echo $DATABASE_URL; cat $TLS_KEY_FILE; stat -c ' %a' $TLS_KEY_FILE; echo ${API_KEY-none}"
        )
        #expect(result == CommandResult(status: 0, output: "***\n*** 400\nnone\n"))
        #expect(job.broker.calls == ["POST /v1/token", "POST /v1/secrets", "POST /v1/revoke"])
        #expect(job.broker.server.acceptCount == 1 && job.tokens.server.requests.count == 1)
        #expect(job.issuer.server.requests.isEmpty)
        let names = String(decoding: job.broker.server.requests[1].body, as: UTF8.self)
        #expect(names == #"{"secrets":["staging/DATABASE_URL","staging/TLS_KEY"]}"#)
    }

    @Test("with --only, no more than that is granted")
    func only() throws {
        let result = try job.run(
            "-q", "--only", "DATABASE_URL", "--", "sh", "-c", "echo ${TLS_KEY_FILE-nothing}",
            environment: ["INJECT_BROKER": job.broker.url, "INJECT_ENVIRONMENT": "staging"]
        )
        #expect(result == CommandResult(status: 0, output: "nothing\n"))
        let form = String(decoding: job.broker.server.requests[0].body, as: UTF8.self)
        #expect(form.contains("&scope=staging%2FDATABASE_URL&"))
    }

    @Test(
        "a dry run plans what is named, and reports what the broker says of it",
        arguments: [
            (
                "DATABASE_URL", 0, "\nNAME          GRANT\nDATABASE_URL  fake-grant\n",
                #""decision":"allow","policy":null,"environment":"staging","grants":["fake-grant"],"secrets":["DATABASE_URL"]"#
            ),
            (
                "prod/API_KEY", 1,
                "\nnot granted by the broker, which refuses a run that asks for it:\n  API_KEY  (no grant matches)\n",
                #""decision":"deny","policy":null,"environment":"staging","grants":[],"secrets":[]"#
            ),
        ]
    )
    func dryRun(name: String, status: Int32, plan: String, report: String) throws {
        let result = try job.run(
            "--dry-run", "--broker", job.broker.url, "-e", "staging", "--only", name, "--report", "report.json")
        #expect(
            result == CommandResult(status: status, output: "environment staging, broker <broker>\n" + plan))
        let text = try String(contentsOfFile: job.workplace.folder.path("report.json"), encoding: .utf8)
        #expect(text.contains(report), "\(text)")
        #expect(job.broker.calls == ["POST /v1/explain"])
    }

    @Test("an environment that is not clear, or has nothing, is refused, and the token revoked")
    func environment() throws {
        let job = try BrokerWorkplace(
            ["a/KEY": FakeBroker.Secret("value-a"), "b/KEY": FakeBroker.Secret("value-b")], hasPolicy: false)
        let ambiguous = try job.run("--broker", job.broker.url, "--", "true")
        #expect(
            ambiguous
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[environment-ambiguous]: the token may read `a`, `b`, and a command gets the secrets of one
                          = help: name it: `--environment a`

                        """
                )
        )
        let nothing = try job.run("--broker", job.broker.url, "-e", "c", "--", "true")
        #expect(
            nothing
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[nothing-granted]: the broker lets this job read no secret of `c`
                          = note: it may read secrets of `a`, `b`
                          = help: `inject explain` asks the broker why

                        """
                )
        )
        #expect(job.broker.calls == ["POST /v1/token", "POST /v1/revoke", "POST /v1/token", "POST /v1/revoke"])
        #expect(job.broker.liveTokens == [])
    }

    @Test(
        "what cannot be meant is said at once, and nobody is asked",
        arguments: [
            (
                ["--broker", "http://broker.example", "--", "true"],
                "error[broker-address]: `http://broker.example` is no URL of a broker"
            ),
            (
                ["--broker", "https://user:password@b", "--", "true"],
                "error[broker-address]: `…` is no URL of a broker"
            ),
            (
                ["--broker", "https://b", "--policy", "p.yaml", "--", "true"],
                "error[usage]: there is both a broker, `https://b`, and a policy file, `p.yaml`"
            ),
            (["explain", "--broker", "<broker>", "KEY"], "error[usage]: `KEY` could be in any environment"),
            (
                ["explain", "--broker", "<broker>", "--claims", "c.json"],
                "error[usage]: a broker decides about the job's own token, and about now"
            ),
            (
                ["--broker", "<broker>", "-e", "staging", "--only", "", "--", "true"],
                "error[usage]: `--only` (INJECT_ONLY) names no secret"
            ),
            (
                ["explain", "--broker", "<broker>", "--claim", "ref=x", "prod/API_KEY"],
                "error[usage]: `--claim` describes a token of this machine, and a broker decides about the job's own"
            ),
            (
                ["credentials", "--broker", "<broker>"],
                "error[exchange-unsupported]: a broker gives secrets, and no credentials of AWS"
            ),
        ]
    )
    func refused(arguments: [String], message: String) throws {
        let arguments = arguments.map { $0 == "<broker>" ? job.broker.url : $0 }
        let result = try job.workplace.inject.run(arguments, environment: job.environment)
        #expect(result.status == (arguments.contains("--") ? 125 : 2))
        #expect(result.output == "" && result.error.hasPrefix("inject: \(message)\n"), "\(result.error)")
        #expect(job.broker.calls == [])
    }

    @Test("over HTTPS a broker is trusted by its authority, and none but the right one")
    func tls() throws {
        let folder = job.workplace.folder
        let own = try TestCertificate(in: folder, name: "own", for: "IP:127.0.0.1")
        let strange = try TestCertificate(in: folder, name: "strange", for: "IP:127.0.0.1")
        let port = try #require(URL(string: job.broker.url)?.port)
        let front = try HAProxy(
            before: port, rules: "http-request set-header X-Forwarded-Proto https", bind: "ssl crt \(own.both)")
        let url = "https://127.0.0.1:\(front.port)"
        let accepted = try job.run(
            "-q", "--broker", url, "-e", "staging", "--", "sh", "-c", "echo $DATABASE_URL",
            environment: ["INJECT_CA_BUNDLE": own.certificate]
        )
        #expect(accepted == CommandResult(status: 0, output: "***\n"))
        let calls = job.broker.calls
        #expect(calls == ["POST /v1/token", "POST /v1/secrets", "POST /v1/revoke"])
        let refused = try job.run(
            "-q", "--broker", url, "-e", "staging", "--", "true",
            environment: ["INJECT_CA_BUNDLE": strange.certificate]
        )
        #expect(refused.status == 125 && refused.error.contains("certificate"), "\(refused.error)")
        #expect(job.broker.calls == calls)
    }

    @Test("mask takes its values from the broker, too")
    func mask() throws {
        let result = try job.workplace.inject.run(
            ["mask", "-q", "--broker", job.broker.url, "-e", "staging"],
            environment: job.environment,
            input: Array("url postgres://h2/shop\n".utf8)
        )
        #expect(result == CommandResult(status: 0, output: "url ***\n"))
        #expect(job.broker.liveTokens == [])
    }

    @Test(
        "a token of this machine is not sent to a broker, whatever is asked",
        arguments: [("run", ["--", "true"]), ("plan", []), ("explain", []), ("mask", [])] as [(String, [String])]
    )
    func localToken(command: String, rest: [String]) throws {
        try job.workplace.folder.write("token", job.workplace.token(audience: job.broker.url))
        let options: [String] = [command, "--broker", job.broker.url, "-e", "staging", "--oidc-token-file", "token"]
        let result = try job.workplace.inject.run(options + rest, environment: job.environment)
        #expect(
            result
                == CommandResult(
                    status: rest.isEmpty ? 2 : 125,
                    error: """
                        inject: error[local-token-not-honoured]: a token of this machine is not sent to a broker
                          = help: `inject plan` and `inject explain` answer questions with such a token by a policy file

                        """
                )
        )
        #expect(job.broker.calls == [])
    }

    @Test("outside a job there is no token to ask with")
    func noToken() throws {
        let result = try job.workplace.run("--broker", job.broker.url, "-e", "staging", "--", "true")
        #expect(result.status == 125)
        #expect(result.error.hasPrefix("inject: error["), "\(result.error)")
        #expect(job.broker.calls == [])
    }

    @Test("plan, explain and doctor ask the broker, and get no token of it")
    func questions() throws {
        let plan = try job.run("plan", "--broker", job.broker.url)
        #expect(
            plan
                == CommandResult(
                    status: 0,
                    output: """
                        broker <broker>

                        NAME                  GRANT
                        staging/DATABASE_URL  fake-grant
                        staging/TLS_KEY       fake-grant

                        not granted:
                          prod/API_KEY  (no grant matches)

                        """
                )
        )
        let json = try job.run("plan", "--broker", job.broker.url, "-e", "staging", "--format", "json")
        #expect(
            json.output.split(separator: "\n").first == """
                {"name":"DATABASE_URL","environment":"staging","variable":null,"file":null,"file_variable":null,\
                "grant":"fake-grant","broker":"<broker>"}
                """
        )
        let explain = try job.run("explain", "--broker", job.broker.url, "prod/API_KEY")
        #expect(
            explain
                == CommandResult(
                    status: 0, output: "prod/API_KEY: denied, says the broker <broker>: no grant matches\n")
        )
        let doctor = try job.run("doctor", "--broker", job.broker.url)
        #expect(
            doctor
                == CommandResult(
                    status: 0,
                    output: """
                        skip  policy        the broker has it: <broker>
                        ok    token         for the broker to verify
                        ok    broker        <broker> is ready
                        ok    grants        2 of 3 secrets that this job may know of
                        ok    staging/DATABASE_URL granted by fake-grant
                        ok    staging/TLS_KEY granted by fake-grant
                        skip  prod/API_KEY  not granted: no grant matches
                        nothing is wrong

                        """
                )
        )
        #expect(!job.broker.calls.contains("POST /v1/token"))
    }
}
