import Foundation
import HTTPTransport
import InjectTesting
import Secrets
import Testing

@Suite("inject-broker: exchange and fetch")
struct ExchangeTests {
    @Test(
        "the form's environment comes before that of the job's token, and a scope before both",
        arguments: [
            ([("environment", "staging")], "staging/API_KEY"), ([], "prod/API_KEY prod/TLS_KEY"),
            ([("environment", "staging"), ("scope", "prod/API_KEY")], "prod/API_KEY"),
            ([("environment", "nowhere")], nil),
        ] as [([(String, String)], String?)])
    func environment(form: [(String, String)], scope: String?) async throws {
        let bench = try BrokerBench()
        let answer = try await bench.exchange(bench.token(), form)
        #expect(answer["scope"] as? String == scope)
        #expect(answer.error == (scope == nil ? "invalid_grant" : nil))
    }

    @Test("a slash at the end of the url is no part of it: clients leave it out, and their tokens are for the rest")
    func slash() async throws {
        let bench = try BrokerBench(url: "http://127.0.0.1/")
        #expect(try await bench.exchange(bench.token()).status == 200)
        let metadata = try await bench.send(.get, "/.well-known/oauth-authorization-server").body.exposedText
        #expect(metadata.contains(#""token_endpoint":"http://127.0.0.1/v1/token""#))
        #expect(metadata.contains(#""issuer":"http://127.0.0.1""#))
    }

    @Test("a job's token becomes a scoped one, that one the values, and each step is recorded")
    func whole() async throws {
        let bench = try BrokerBench()
        let answer = try await bench.exchange(bench.token())
        #expect(answer.status == 200)
        #expect(answer["issued_token_type"] as? String == "urn:ietf:params:oauth:token-type:access_token")
        #expect(answer["token_type"] as? String == "Bearer")
        #expect(answer["expires_in"] as? Int == 120)
        #expect(answer["scope"] as? String == "prod/API_KEY prod/TLS_KEY")
        #expect(answer["grant"] as? String == "deploy")
        let token = try #require(answer["access_token"] as? String)
        let secrets = try await bench.fetch(token)
        let value = Data(BrokerBench.value.utf8).base64EncodedString()
        #expect(
            secrets
                == BrokerBench.Answer(
                    status: 200,
                    body:
                        #"{"secrets":[{"name":"prod/API_KEY","value_base64":"\#(value)","deliver":{"env":"API_KEY"}},"#
                        + #"{"name":"prod/TLS_KEY","value_base64":"AP8KIlw=","deliver":{"file":"tls/server.key"}}]}"#
                )
        )
        #expect(try await bench.form("/v1/revoke", [("token", token)]).status == 200)
        #expect(try await bench.fetch(token).status == 401)
        #expect(
            try bench.events() == [
                "token.issued success", "secret.read success", "secret.read success", "token.revoked success",
                "token.refused failure unknown-or-revoked",
            ])
        let read = try #require(bench.audit().first { $0.contains("secret.read") })
        #expect(read.contains(#""sub":"repo:acme/shop:ref:refs/heads/main","repository_id":"7""#))
        #expect(
            read.contains(#""object":{"environment":"prod","secret":"API_KEY"}"#) && read.contains(#""grant":"deploy""#)
        )
        #expect(try bench.isWhole())
    }

    @Test("answers with a token or a value are not to be stored by anybody")
    func noStore() async throws {
        let bench = try BrokerBench()
        let token = try await bench.accessToken()
        for path in ["/v1/secrets", "/v1/token"] {
            let response = try await bench.send(.post, path, type: "application/json", bearer: token, body: "{}")
            #expect(response.header("Cache-Control") == "no-store")
        }
    }

    @Test("a scope narrows, and what is left out stays shut")
    func scope() async throws {
        let bench = try BrokerBench()
        let token = try await bench.accessToken([("scope", "prod/API_KEY")])
        #expect(try await bench.fetch(token, #"{"secrets":["prod/TLS_KEY"]}"#).error == "invalid_scope")
        #expect(try await bench.fetch(token, #"{"secrets":["prod/API_KEY","prod/TLS_KEY"]}"#).error == "invalid_scope")
        #expect(try await bench.fetch(token, #"{"secrets":["prod/API_KEY"]}"#).status == 200)
    }

    @Test("without an environment claim everything granted is opened, with one only that environment")
    func environments() async throws {
        let bench = try BrokerBench()
        let all = try await bench.exchange(bench.token([("environment", nil)]))
        #expect(all["scope"] as? String == "prod/API_KEY prod/TLS_KEY staging/API_KEY")
        #expect(all["grant"] as? String == "deploy stage")
        let one = try await bench.exchange(bench.token([("environment", #""staging""#)]))
        #expect(one["scope"] as? String == "staging/API_KEY")
        let none = try await bench.exchange(bench.token([("environment", #""nowhere""#)]))
        #expect(none.error == "invalid_grant")
    }

    @Test(
        "a scope that is not granted, not there, or no scope is refused alike",
        arguments: ["prod/NOPE", "nowhere/API_KEY", "prod/API_KEY prod/NOPE", "broken/GONE"])
    func foreignScope(scope: String) async throws {
        let bench = try BrokerBench()
        let answer = try await bench.exchange(bench.token(), [("scope", scope)])
        #expect(
            answer
                == BrokerBench.Answer(
                    status: 400,
                    body: #"{"error":"invalid_scope","error_description":"the token does not open all of that"}"#))
    }

    @Test("a token is good once, also after a restart")
    func replay() async throws {
        let bench = try BrokerBench()
        let token = try bench.token()
        #expect(try await bench.exchange(token).status == 200)
        #expect(try await bench.exchange(token).error == "invalid_grant")
        try bench.restart()
        #expect(try await bench.exchange(token).error == "invalid_grant")
        try bench.restart(with: SIGKILL)
        #expect(try await bench.exchange(token).error == "invalid_grant")
        #expect(try bench.events().filter { $0 == "token.refused failure replayed" }.count == 3)
        #expect(try bench.isWhole())
    }

    @Test(
        "of 200 at once with one token exactly one gets a scoped token",
        arguments: ["sqlite: state.db", #"memory: "true""#])
    func race(state: String) async throws {
        let bench = try BrokerBench(state: "{ \(state) }", extra: #"limits: { failures: "0" }"#)
        let token = try bench.token()
        let (client, url) = (bench.client, bench.broker.url)
        let body =
            "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token_type="
            + "urn:ietf:params:oauth:token-type:jwt&subject_token=" + token
        let statuses = try await withThrowingTaskGroup { group in
            for _ in 0..<200 {
                group.addTask {
                    let request = HTTPRequest(
                        method: .post, url: url + "/v1/token",
                        headers: [("Content-Type", .plain("application/x-www-form-urlencoded"))],
                        body: .bytes(Array(body.utf8)), timeout: .seconds(60), allowsPlainHTTPToLoopback: true)
                    return try await client.send(request).status
                }
            }
            return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [200: 1, 400: 199])
        #expect(try bench.events().filter { $0 == "token.issued success" }.count == 1)
        #expect(try bench.events().filter { $0 == "token.refused failure replayed" }.count == 199)
        #expect(try bench.isWhole())
    }

    @Test("a value that cannot be had is nobody's: not even those that can are served")
    func allOrNothing() async throws {
        let bench = try BrokerBench()
        let changes = [("event_name", #""broken""#), ("environment", nil)] as [(String, String?)]
        let token = try #require(try await bench.exchange(bench.token(changes))["access_token"] as? String)
        let answer = try await bench.fetch(token)
        #expect(answer.status == 503 && answer.error == "temporarily_unavailable")
        #expect(try bench.events().last == "secret.read error secret-missing")
        #expect(try bench.audit().last?.contains(#""object":{"secret":"broken/GONE"}"#) == true)
        try await bench.says(#""secret":"broken/GONE""#)
    }

    @Test("a token's own holder may ask about it, and learns when it is no longer good")
    func introspect() async throws {
        let bench = try BrokerBench()
        let token = try await bench.accessToken()
        let answer = try await bench.form("/v1/introspect", [("token", token)])
        #expect(answer["active"] as? Bool == true && answer["scope"] as? String == "prod/API_KEY prod/TLS_KEY")
        #expect(answer["sub"] as? String == "repo:acme/shop:ref:refs/heads/main")
        _ = try await bench.form("/v1/revoke", [("token", token)])
        let inactive = BrokerBench.Answer(status: 200, body: #"{"active":false}"#)
        #expect(try await bench.form("/v1/introspect", [("token", token)]) == inactive)
        #expect(try await bench.form("/v1/introspect", [("token", "nonsense")]) == inactive)
        #expect(try await bench.form("/v1/revoke", [("token", "nonsense")]).status == 200)
    }

    @Test("a job may ask what it may read: it is not used up, and is not told what there is beside that")
    func explain() async throws {
        let bench = try BrokerBench()
        let token = try bench.token()
        let body = #"{"subject_token":"\#(token)","secrets":["prod/API_KEY","broken/GONE","no/SUCH"]}"#
        let response = try await bench.send(.post, "/v1/explain", type: "application/json", body: body)
        #expect(
            response.body.exposedText
                == #"{"decisions":[{"secret":"prod/API_KEY","allowed":true,"grant":"deploy","reason":"granted"},"#
                + #"{"secret":"broken/GONE","allowed":false,"reason":"no grant reaches it"},"#
                + #"{"secret":"no/SUCH","allowed":false,"reason":"no grant reaches it"}]}"#)
        #expect(try await bench.exchange(token).status == 200)
    }

    @Test("break-glass is loud: in the record of the token and of each value, and as an alert")
    func breakGlass() async throws {
        let bench = try BrokerBench()
        let changes =
            [("event_name", #""workflow_dispatch""#), ("environment", #""emergency""#)] as [(String, String?)]
        let token = try #require(try await bench.exchange(bench.token(changes))["access_token"] as? String)
        #expect(try await bench.fetch(token).status == 200)
        let loud = /"break_glass":{"reason":"the shop is down","expires":"[0-9T:-]+Z"}/
        #expect(try bench.audit().filter { $0.contains(loud) }.count == 2)
        #expect(
            bench.broker.logged.contains(
                #""detail":"acme/shop repo:acme/shop:ref:refs/heads/main incident-7","kind":"break-glass""#))
    }

    @Test("a stop and a start lose no token that was handed out")
    func kept() async throws {
        let bench = try BrokerBench()
        let token = try await bench.accessToken()
        try bench.restart()
        #expect(try await bench.fetch(token).status == 200)
        #expect(try !bench.events().contains { $0.hasPrefix("token.interrupted") })
    }

    @Test("a client of another maker takes back and asks about tokens, and exchanges one by the book")
    func authlib() async throws {
        let bench = try BrokerBench()
        let script = """
            import json, sys
            from authlib.integrations.requests_client import OAuth2Session
            url, subject = sys.argv[1:]
            session = OAuth2Session(client_id="job", token_endpoint_auth_method="none")
            token = session.fetch_token(
                url + "/v1/token", grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
                subject_token=subject, subject_token_type="urn:ietf:params:oauth:token-type:jwt", scope="prod/API_KEY")
            assert token["scope"] == "prod/API_KEY" and token["expires_at"] > 0, token
            values = session.post(url + "/v1/secrets", json={"secrets": ["prod/API_KEY"]})
            assert values.status_code == 200 and len(values.json()["secrets"]) == 1, values.text
            told = session.introspect_token(url + "/v1/introspect", token=token["access_token"])
            assert told.json()["active"] is True, told.text
            gone = session.revoke_token(url + "/v1/revoke", token=token["access_token"])
            assert gone.status_code == 200, gone.text
            told = session.introspect_token(url + "/v1/introspect", token=token["access_token"])
            assert told.json() == {"active": False}, told.text
            print("good", end="")
            """
        let output = try Python.run(script, arguments: [bench.broker.url, bench.token()])
        #expect(String(decoding: output, as: UTF8.self) == "good")
    }

    @Test("the metadata names the endpoints")
    func metadata() async throws {
        let bench = try BrokerBench()
        let response = try await bench.send(.get, "/.well-known/oauth-authorization-server")
        let answer = BrokerBench.Answer(status: response.status, body: response.body.exposedText)
        #expect(answer["issuer"] as? String == "http://127.0.0.1")
        #expect(answer["token_endpoint"] as? String == "http://127.0.0.1/v1/token")
    }

    @Test("a changed policy ends what it had allowed, and a bad one changes nothing")
    func reload() async throws {
        let bench = try BrokerBench()
        let token = try await bench.accessToken()
        try bench.folder.write("policies/acme/shop/inject.yaml", "version: 7")
        try await bench.reload(1)
        #expect(try await bench.fetch(token).status == 200)
        #expect(try await bench.send(.get, "/readyz").status == 503)
        let changed = BrokerBench.policy(issuer: bench.issuer.url, ref: "refs/heads/release")
        try bench.folder.write("policies/acme/shop/inject.yaml", changed)
        try await bench.reload(2)
        #expect(try await bench.fetch(token).status == 401)
        #expect(try await bench.exchange(bench.token()).error == "invalid_grant")
        #expect(try await bench.send(.get, "/readyz").status == 200)
        #expect(try bench.events().contains("token.refused failure policy-changed"))
    }

    @Test("a token of an issuer of another maker opens what the policy says")
    func independentIssuer() async throws {
        let provider = try OIDCProviderMock()
        let script = """
            import requests, sys
            claims = {"repository": "acme/shop", "event_name": "push", "ref": "refs/heads/main", "environment": "prod"}
            requests.put(sys.argv[1] + "/users/alice", json=claims).raise_for_status()
            """
        _ = try Python.run(script, arguments: [provider.url])
        let bench = try BrokerBench(extra: "audience: \(OIDCProviderMock.clientID)", issuerName: provider.url)
        let token = try await provider.idToken(subject: "alice", client: bench.client).exposedText
        let answer = try await bench.exchange(token)
        #expect(answer["scope"] as? String == "prod/API_KEY prod/TLS_KEY", "\(answer)")
        #expect(try await bench.exchange(token).error == "invalid_grant")
    }
}

extension BrokerBench {
    /// Has the policies read anew and waits until that was done `count` times.
    func reload(_ count: Int) async throws {
        broker.signal(SIGHUP)
        let deadline = ContinuousClock.now + .seconds(30)
        while broker.logged.matches(of: /"message":"policies read"/).count < count {
            guard ContinuousClock.now < deadline else { throw BrokerProcess.Failure(description: broker.logged) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
