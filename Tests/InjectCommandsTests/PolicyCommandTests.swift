import Foundation
import InjectTesting
import Testing

@Suite("inject plan, explain, lint")
struct PolicyCommandTests {
    @Test("a plan names source, delivery, grant and line, and never a value")
    func plan() throws {
        #expect(
            try Workplace().run("plan", "--environment", "dev")
                == CommandResult(
                    status: 0,
                    output: """
                        environment dev, policy inject.yaml

                        NAME          SOURCE             DELIVERED AS                                       GRANT                       TTL
                        DATABASE_URL  dotenv:.env.local  $DATABASE_URL                                      everyone-locally (line 14)  15m
                        TLS_KEY       dotenv:.env.local  $TLS_KEY_FILE = $INJECT_DIR/tls/server.key (0400)  everyone-locally (line 14)  15m

                        """
                )
        )
    }

    @Test("a plan for programs is one object a line")
    func planJSON() throws {
        let result = try Workplace().run("plan", "--environment", "dev", "--format", "json")
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: """
                        {"name":"DATABASE_URL","environment":"dev","source":"dotenv:.env.local","variable":"DATABASE_URL",\
                        "file":null,"file_variable":null,"mode":null,"masked":true,"grant":"everyone-locally",\
                        "policy":"inject.yaml","line":14,"ttl":900}
                        {"name":"TLS_KEY","environment":"dev","source":"dotenv:.env.local","variable":null,\
                        "file":"tls/server.key","file_variable":"TLS_KEY_FILE","mode":"0400","masked":true,\
                        "grant":"everyone-locally","policy":"inject.yaml","line":14,"ttl":900}

                        """
                )
        )
    }

    @Test("a plan fetches nothing, so a fake token can ask about any environment")
    func planElsewhere() throws {
        let result = try Workplace(dotenv: nil).run(
            "plan", "-e", "prod", "--claim", "event_name=push", "--claim", "ref=refs/heads/main"
        )
        #expect(result.status == 0)
        #expect(result.output.contains("API_KEY  aws-sm:shop/prod/api  $API_KEY      prod-deploy (line 21)  15m\n"))
    }

    @Test("a plan with nothing to inject says what is not granted, and exits 1")
    func emptyPlan() throws {
        #expect(
            try Workplace().run("plan", "-e", "prod", "--claim", "event_name=push", "--claim", "ref=refs/heads/dev")
                == CommandResult(
                    status: 1,
                    output: """
                        environment prod, policy inject.yaml

                        not granted:
                          API_KEY  (inject explain prod/API_KEY)

                        """
                )
        )
    }

    @Test("an explanation goes claim by claim")
    func explain() throws {
        let workplace = try Workplace()
        try workplace.folder.write(
            "claims.json", #"{"repository":"acme/shop","event_name":"push","ref":"refs/heads/dev"}"#)
        #expect(
            try workplace.run("explain", "--claims", "claims.json", "prod/API_KEY")
                == CommandResult(
                    status: 0,
                    output: """
                        prod/API_KEY: denied: no grant matches
                          grant prod-deploy (line 21) does not match
                            yes  repository is `acme/shop`, wanted `acme/shop` (implied)
                            no   repository_id is absent, wanted `456789` (implied)
                            yes  event_name is `push`, wanted `push`
                            no   ref is `refs/heads/dev`, wanted `refs/heads/main`
                          sub is `repo:acme/shop:ref:refs/heads/dev`

                        """
                )
        )
    }

    @Test("an explanation for programs is one object a secret, with expected and actual values")
    func explainJSON() throws {
        let workplace = try Workplace()
        let claims =
            #"{"repository":"acme/shop","repository_id":"456789","event_name":"push","ref":"refs/heads/main","n":1}"#
        let result = try workplace.run("explain", "--claims", "-", "--format", "json", "prod/API_KEY", input: claims)
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: """
                        {"secret":"prod/API_KEY","decision":"allow","grant":"prod-deploy",\
                        "verdict":"allowed by prod-deploy (line 21)","reasons":[{"grant":"prod-deploy","line":21,\
                        "matches":true,"time":"current","claims":[\
                        {"claim":"repository","expected":["acme/shop"],"negated":false,"actual":"acme/shop","matches":true,"implied":true},\
                        {"claim":"repository_id","expected":["456789"],"negated":false,"actual":"456789","matches":true,"implied":true},\
                        {"claim":"event_name","expected":["push"],"negated":false,"actual":"push","matches":true,"implied":false},\
                        {"claim":"ref","expected":["refs/heads/main"],"negated":false,"actual":"refs/heads/main","matches":true,"implied":false}]}],\
                        "edit_workflow":null,"edit_policy":null,"subjects":["repo:acme/shop:ref:refs/heads/main"]}

                        """
                )
        )
        let all = try workplace.run("explain", "--claims", "-", "--format", "json", input: claims)
        #expect(all.output.split(separator: "\n").count == 3)
    }

    @Test(
        "a denial comes with the one edit that would allow it, where there is one",
        arguments: [
            (
                ["event_name=push", "ref=refs/heads/dev"], "denied: no grant matches",
                """
                  one edit would do, in the workflow: run the workflow for `ref` `refs/heads/main`
                  one edit would do, in the policy: add `refs/heads/dev` to `ref` of grant `gated`, line 21
                  sub is `repo:acme/shop:environment:live` or `repo:acme@123456/shop@456789:environment:live`

                """
            ),
            (
                ["event_name=push", "ref=refs/heads/main", "environment=dev:1"], "denied: environment mismatch",
                """
                  one edit would do, in the workflow: give the job `environment:` `live`
                  one edit would do, in the policy: add `dev:1` to `environment` of grant `gated`, line 21
                  sub is `repo:acme/shop:environment:dev%3A1` or `repo:acme@123456/shop@456789:environment:dev%3A1`

                """
            ),
            (
                ["event_name=push", "ref=refs/heads/main", "runner_environment=self-hosted"], "denied by own (line 23)",
                """
                  one edit would do, in the policy: narrow the deny rule `own`, line 23
                  sub is `repo:acme/shop:environment:live` or `repo:acme@123456/shop@456789:environment:live`

                """
            ),
            (
                ["event_name=pull_request", "ref=refs/heads/dev"], "denied: no grant matches",
                """
                  sub is `repo:acme/shop:environment:live` or `repo:acme@123456/shop@456789:environment:live`

                """
            ),
        ]
    )
    func edits(claims: [String], verdict: String, expected: String) throws {
        let rest = """
                  - { id: gated, when: { event_name: push, ref: refs/heads/main, environment: live }, read: API_KEY }
            deny:
              - { id: own, when: { runner_environment: self-hosted }, read: "prod/**" }

            """
        let head = Workplace.policy.components(separatedBy: "      - id: prod-deploy")[0]
        let given = claims.contains { $0.hasPrefix("environment=") } ? claims : claims + ["environment=live"]
        let result = try Workplace(policy: head + rest).inject.run(
            ["explain", "prod/API_KEY"] + given.flatMap { ["--claim", $0] })
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("prod/API_KEY: \(verdict)\n"), "\(result.output)")
        #expect(result.output.hasSuffix("\n" + expected), "\(result.output)")
    }

    @Test("no edit is offered that leaves a grant with the file's own condition")
    func impliedAfterwards() throws {
        let head = Workplace.policy.components(separatedBy: "      - id: prod-deploy")[0]
        let grant = "      - { id: own, when: { repository_id: \"456789\", event_name: push }, read: API_KEY }\n"
        let claims = #"{"repository":"acme/shop","event_name":"push","ref":"refs/heads/main"}"#
        let result = try Workplace(policy: head + grant).run(
            "explain", "--claims", "-", "prod/API_KEY", input: claims)
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: """
                        prod/API_KEY: denied: no grant matches
                          grant own (line 21) does not match
                            yes  repository is `acme/shop`, wanted `acme/shop` (implied)
                            no   repository_id is absent, wanted `456789`
                            yes  event_name is `push`, wanted `push`
                          sub is `repo:acme/shop:ref:refs/heads/main`

                        """
                )
        )
    }

    @Test(
        "what cannot be explained is said",
        arguments: [
            (["explain", "--claims", "none.json"], "claims-unreadable"),
            (["explain", "--claims", "claims.json", "--claim", "ref=a"], "usage"),
            (["explain", "--claims", "inject.yaml"], "claims-unreadable"),
            (["explain", "--claim", "x", "dev/TLS_KEY"], "usage"), (["explain", "API_KEY"], "usage"),
            (["explain", "prd/API_KEY"], "environment-unknown"),
            (["explain", "--at", "noon", "prod/API_KEY"], "usage"),
        ]
    )
    func badQuestions(arguments: [String], id: String) throws {
        let result = try Workplace().inject.run(arguments)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.error.contains("error[\(id)]"), "\(result.error)")
    }

    @Test("time is part of the question")
    func time() throws {
        let grant = """
                  - id: incident-1
                    reason: "restore"
                    not_before: "2026-11-23T20:00:00Z"
                    expires: "2026-11-24T02:00:00Z"
                    when: { event_name: workflow_dispatch, environment: break-glass }
                    read: API_KEY

            """
        let workplace = try Workplace(policy: Workplace.policy + grant)
        let claims = """
            {"repository":"acme/shop","repository_id":"456789","event_name":"workflow_dispatch","environment":"break-glass"}
            """
        let answers = try [
            "2026-11-23T19:59:59Z", "2026-11-23T20:00:00Z", "2026-11-24T01:59:59Z", "2026-11-24T02:00:00Z",
        ].map {
            try workplace.run("explain", "--claims", "-", "--at", $0, "--format", "json", "prod/API_KEY", input: claims)
                .output.contains(#""decision":"allow""#)
        }
        #expect(answers == [false, true, true, false])
    }

    @Test("a clean policy lints clean")
    func clean() throws {
        #expect(try Workplace().run("lint") == CommandResult(status: 0, error: "inject: inject.yaml: no findings\n"))
    }

    @Test("findings are printed with carets and exit 1")
    func findings() throws {
        let policy = Workplace.policy.replacing("ref: refs/heads/main", with: "sub: x")
        #expect(
            try Workplace(policy: policy).run("lint", "inject.yaml")
                == CommandResult(
                    status: 1,
                    output: """
                        error[policy-unmatchable-claim]: `sub` cannot be matched: it has two live formats, can be customised and \
                        hides the event; match the claims it is made of
                          --> inject.yaml:22:35
                           |
                        22 |         when: { event_name: push, sub: x }
                           |                                   ^^^
                           |
                           = help: match `event_name`, `ref`, `environment` or `workflow_ref` instead
                           = rule: inject lint --explain P02


                        """
                )
        )
    }

    @Test("findings for programs and for GitHub")
    func formats() throws {
        let workplace = try Workplace(policy: "version: \"1\"\nversion: \"1\"\n")
        #expect(
            try workplace.run("lint", "--format", "json").output == """
                {"id":"yaml-duplicate-key","severity":"error","message":"the key `version` stands here twice, and readers disagree \
                on which one counts","rule":"Y01","file":"inject.yaml","line":2,"column":1,"endColumn":8,"help":["merge the two, or remove one"],\
                "notes":["it stands first in line 1"]}

                """
        )
        #expect(
            try workplace.run("lint", "--format", "github").output == """
                ::error file=inject.yaml,line=2,col=1,endColumn=8,title=yaml-duplicate-key::the key `version` stands here twice, \
                and readers disagree on which one counts%0Anote: it stands first in line 1%0Ahelp: merge the two, or remove one\
                %0Arule: inject lint --explain Y01

                """
        )
    }

    @Test("a policy that cannot be read is exit 2", arguments: ["none.yaml", "home"])
    func unreadable(path: String) throws {
        #expect(try Workplace().run("lint", path).status == 2)
    }
}
