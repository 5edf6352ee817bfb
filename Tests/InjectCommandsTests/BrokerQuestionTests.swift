import InjectTesting
import Testing

@Suite("plan, explain and doctor with a broker")
struct BrokerQuestionTests {
    private static let narrower: KeyValuePairs<String, FakeBroker.Secret> = [
        "staging/DATABASE_URL": FakeBroker.Secret("postgres://h2/shop"),
        "staging/TLS_KEY": FakeBroker.Secret("x", refusal: "no grant matches"),
    ]

    @Test("plan says what the broker grants, in one request")
    func plan() throws {
        let job = try BrokerWorkplace()
        let result = try job.run("plan")
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: """
                        environment staging, broker <broker>

                        NAME          DELIVERED AS                                       GRANT
                        DATABASE_URL  $DATABASE_URL                                      fake-grant
                        TLS_KEY       $TLS_KEY_FILE = $INJECT_DIR/tls/server.key (0400)  fake-grant

                        """
                )
        )
        #expect(job.broker.calls == ["POST /v1/explain"])
        #expect(try job.run("--dry-run").output == result.output)
    }

    @Test("plan tells where the file here and the broker differ, and that a run would fail")
    func difference() throws {
        let job = try BrokerWorkplace(Self.narrower)
        let result = try job.run("plan")
        #expect(
            result
                == CommandResult(
                    status: 1,
                    output: """
                        environment staging, broker <broker>

                        NAME          DELIVERED AS   GRANT
                        DATABASE_URL  $DATABASE_URL  fake-grant

                        granted here and not by the broker, which refuses a run that asks for it:
                          TLS_KEY  (no grant matches)

                        """
                )
        )
        let json = try job.run("plan", "--format", "json")
        #expect(
            json
                == CommandResult(
                    status: 1,
                    output: """
                        {"name":"DATABASE_URL","environment":"staging","variable":"DATABASE_URL","file":null,\
                        "file_variable":null,"grant":"fake-grant","broker":"<broker>"}

                        """
                )
        )
    }

    @Test("a token of this machine plans by the file, and says that the broker was not asked")
    func local() throws {
        let job = try BrokerWorkplace()
        let result = try job.workplace.run(
            "plan", "-e", "staging", "--claim", "event_name=push", "--claim", "ref=refs/heads/main")
        #expect(result.status == 0)
        #expect(
            result.output.hasSuffix(
                "\nthe broker \(job.broker.url) was not asked: it takes no token of this machine\n"))
        #expect(job.broker.calls == [])
    }

    @Test("explain says the broker's answer beside the file's, claim by claim")
    func explain() throws {
        let job = try BrokerWorkplace(Self.narrower)
        let result = try job.run("explain", "staging/TLS_KEY")
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: """
                        staging/TLS_KEY: allowed by staging-deploy (line 12)
                          denied, says the broker <broker>: no grant matches
                          grant staging-deploy (line 12) matches
                            yes  repository is `acme/shop`, wanted `acme/shop` (implied)
                            yes  repository_id is `456789`, wanted `456789` (implied)
                            yes  event_name is `push`, wanted `push`
                            yes  ref is `refs/heads/main`, wanted `refs/heads/main`

                        """
                )
        )
        let json = try job.run("explain", "--format", "json", "staging/TLS_KEY").output
        let end =
            #","broker":"<broker>","broker_decision":"deny","broker_grant":null,"broker_reason":"no grant matches"}"#
        #expect(json.hasSuffix(end + "\n"), "\(json)")
        #expect(job.broker.calls == ["POST /v1/explain", "POST /v1/explain"])
    }

    @Test("doctor asks whether the broker is ready, is the right one, and what it would grant")
    func doctor() throws {
        let job = try BrokerWorkplace(Self.narrower)
        let result = try job.run("doctor")
        #expect(
            result
                == CommandResult(
                    status: 1,
                    output: """
                        ok    policy        inject.yaml: staging
                        ok    issuer        <issuer>
                        skip  clock         the issuer does not tell its time
                        ok    token         repo:acme/shop:ref:refs/heads/main, for <broker>, valid for <time>
                        ok    grants        staging: 2 of 2 secrets
                        ok    broker        <broker> is ready
                        ok    DATABASE_URL  granted by fake-grant
                        FAIL  TLS_KEY       the broker does not grant it: no grant matches
                                = help: compare this file with the default branch's, by which the broker decides
                        1 of these checks failed

                        """
                )
        )
        #expect(
            job.broker.calls == ["GET /readyz", "GET /.well-known/oauth-authorization-server", "POST /v1/explain"]
        )
    }

    @Test("doctor says what is wrong with a broker that is not ready")
    func notReady() throws {
        let job = try BrokerWorkplace()
        job.broker.follow { request, _ in
            request.path == "/readyz"
                ? FakeBroker.error("temporarily_unavailable", "policies not loaded", status: 503) : nil
        }
        let result = try job.run("doctor")
        #expect(result.status == 1)
        #expect(
            result.output.hasSuffix(
                """
                FAIL  broker        the broker at `<broker>` cannot answer now
                        = note: GET /readyz answered temporarily_unavailable: policies not loaded
                        = help: run the job again; if it stays, ask whoever runs the broker
                1 of these checks failed

                """
            ),
            "\(result.output)"
        )
    }
}
