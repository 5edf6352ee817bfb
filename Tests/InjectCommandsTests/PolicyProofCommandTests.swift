import Foundation
import InjectTesting
import Testing

@Suite("inject test, diff, model")
struct PolicyProofCommandTests {
    static let rules = """
        assert:
          - id: no-pr
            never: { event_name: pull_request }
            read: "prod/**"
          - id: works
            possible: { event_name: push, ref: refs/heads/main }
            read: prod/API_KEY
        tests:
          - token: { event_name: push, ref: refs/heads/main }
            allow: prod/API_KEY
          - token: { event_name: push, ref: refs/heads/dev }
            deny: "prod/**"

        """

    /// A workplace whose grant for prod is another one.
    static func workplace(grant: String? = nil, rules: String = Self.rules) throws -> Workplace {
        let own = "{ event_name: push, ref: refs/heads/main }"
        return try Workplace(policy: Workplace.policy.replacing(own, with: grant ?? own) + rules)
    }

    @Test("what holds is listed")
    func holds() throws {
        #expect(
            try Self.workplace().run("test")
                == CommandResult(
                    status: 0,
                    output: """
                        ok  assertion no-pr
                        ok  assertion works
                        ok  test in line 32
                        ok  test in line 34
                        4 passed, 0 failed

                        """
                )
        )
    }

    @Test("what does not hold is shown with a token, the grant and what to do")
    func fails() throws {
        #expect(
            try Self.workplace(grant: "{ ref: \"refs/heads/*\" }").run("test")
                == CommandResult(
                    status: 1,
                    output: """
                        error[assertion-refuted]: `no-pr` does not hold: a token can read prod/API_KEY by grant `prod-deploy`, line 21
                          --> inject.yaml:25:9
                           |
                        25 |   - id: no-pr
                           |         ^^^^^
                           |
                           = note: token: event_name=pull_request ref=refs/heads/a
                           = note: such a token is observed: `inject model`, row `merged pull request`
                           = help: narrow the grant, or write a `deny` rule for such tokens

                        error[test-failed]: the token may read `prod/API_KEY`
                          --> inject.yaml:34:5
                           |
                        34 |   - token: { event_name: push, ref: refs/heads/dev }
                           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                           |
                           = note: grant `prod-deploy`, line 21, allows it
                           = note: completed: repository=acme/shop repository_id=456789

                        ok  assertion works
                        ok  test in line 32
                        2 passed, 2 failed

                        """
                )
        )
    }

    @Test("results for programs are one object a line")
    func json() throws {
        let result = try Self.workplace(grant: "{ ref: \"refs/heads/*\" }").run("test", "--format", "json")
        #expect(result.status == 1)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(
            lines.first?.hasPrefix(
                #"{"name":"assertion no-pr","file":"inject.yaml","line":25,"result":"failed","messages":["#) == true)
    }

    @Test("results for a CI system are JUnit's XML")
    func junit() throws {
        let rules = """
            tests:
              - token: { event_name: push, ref: "refs/heads/<&>" }
                allow: prod/API_KEY

            """
        #expect(
            try Self.workplace(rules: rules).run("test", "--format", "junit")
                == CommandResult(
                    status: 1,
                    output: """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <testsuite name="inject.yaml" tests="1" failures="1" errors="0">
                          <testcase classname="inject.yaml" name="test in line 25">
                            <failure message="the token may not read `prod/API_KEY`">error[test-failed]: the token may not read `prod/API_KEY`
                          --&gt; inject.yaml:25:5
                           |
                        25 |   - token: { event_name: push, ref: &quot;refs/heads/&lt;&amp;&gt;&quot; }
                           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                           |
                           = note: the nearest grant is `prod-deploy`, line 21
                           = note: `ref` is `refs/heads/&lt;&amp;&gt;`, and must be `refs/heads/main`
                           = note: completed: repository=acme/shop repository_id=456789
                        </failure>
                          </testcase>
                        </testsuite>

                        """
                )
        )
    }

    @Test("a policy without tests says so")
    func nothing() throws {
        #expect(
            try Workplace().run("test")
                == CommandResult(
                    status: 0,
                    output: "0 passed, 0 failed\n",
                    error: "inject: inject.yaml: neither `tests` nor `assert`\n"
                )
        )
    }

    @Test("too many overlapping patterns are unknown, never safe")
    func unknown() throws {
        // Each pattern remembers where it is in its stars, and the places multiply.
        let patterns = (0..<24).map { "\"refs/heads/*\(String(repeating: "a", count: $0))b*c*d*\"" }
        let grant = "{ event_name: push, ref: [\(patterns.joined(separator: ", "))] }"
        let rules = "assert:\n  - { id: no-pr, never: { event_name: pull_request }, read: \"prod/**\" }\n"
        let result = try Self.workplace(grant: grant, rules: rules).run("test")
        #expect(result.status == 3, "\(result.output.prefix(400))")
        #expect(result.output.contains("error[analysis-unknown]"))
    }

    // MARK: - diff

    static func diff(_ arguments: String...) throws -> CommandResult {
        let workplace = try Self.workplace(rules: "")
        let text = Workplace.policy.replacing("ref: refs/heads/main }", with: "ref: \"refs/heads/*\" }")
        try workplace.folder.write("wide.yaml", text)
        try workplace.folder.write(
            "guarded.yaml",
            text.replacing("  prod:\n", with: "  prod:\n    protected: \"true\"\n")
                .replacing("\"refs/heads/*\" }", with: "\"refs/heads/*\", environment: prod }"))
        let result = try workplace.inject.run(["diff"] + arguments)
        return CommandResult(status: result.status, output: result.output, error: result.error)
    }

    @Test("who gains is said in the policy's own patterns, with a token")
    func gained() throws {
        #expect(
            try Self.diff("inject.yaml", "wide.yaml")
                == CommandResult(
                    status: 0,
                    output: """
                        gained  prod/API_KEY
                                by grant prod-deploy, wide.yaml:21
                                event_name is `push`; ref is `refs/heads/*` but not `refs/heads/main`
                                token: event_name=push ref=refs/heads/a
                                jobs: none of the workflows

                        1 gained, 0 lost

                        """
                )
        )
    }

    @Test("a gain of a protected environment is a finding")
    func alarming() throws {
        let result = try Self.diff("inject.yaml", "guarded.yaml", "--format", "github")
        #expect(
            result
                == CommandResult(
                    status: 1,
                    output: """
                        ::error file=guarded.yaml,line=22,col=13,endColumn=24,title=access-gained::prod/API_KEY: gained by tokens of \
                        which environment is `prod`; event_name is `push`; ref is `refs/heads/*` but not `refs/heads/main`%0A\
                        note: token: event_name=push ref=refs/heads/a environment=prod%0Anote: jobs: none of the workflows

                        """
                )
        )
    }

    @Test("a secret that comes from another place is gained, and the place is named as the reason")
    func moved() throws {
        let workplace = try Self.workplace(rules: "")
        let text = Workplace.policy.replacing("aws-sm:shop/prod/api", with: "aws-sm:shop/other/api")
        try workplace.folder.write("moved.yaml", text)
        #expect(
            try workplace.run("diff", "inject.yaml", "moved.yaml")
                == CommandResult(
                    status: 0,
                    output: """
                        gained  prod/API_KEY
                                by grant prod-deploy, moved.yaml:21, from another place than before
                                event_name is `push`; ref is `refs/heads/main`
                                token: event_name=push ref=refs/heads/main
                                jobs: none of the workflows

                        1 gained, 0 lost

                        """
                )
        )
    }

    @Test("a change for a pull request is a table")
    func markdown() throws {
        #expect(
            try Self.diff("inject.yaml", "wide.yaml", "--format", "markdown")
                == CommandResult(
                    status: 0,
                    output: """
                        **Access to secrets:** 1 gained, 0 lost

                        | | secrets | who | by | such as | jobs |
                        |---|---|---|---|---|---|
                        | gained | `prod/API_KEY` | event_name is `push`; ref is `refs/heads/*` but not `refs/heads/main` \
                        | by grant prod-deploy, wide.yaml:21 | `event_name=push ref=refs/heads/a` | none of the workflows |

                        """
                )
        )
    }

    @Test("a change for programs is an object a line")
    func diffJSON() throws {
        let result = try Self.diff("wide.yaml", "inject.yaml", "--format", "json")
        #expect(result.status == 0)
        #expect(
            result.output.hasPrefix(
                #"{"change":"lost","secrets":["prod/API_KEY"],"protected":false,"grant":"prod-deploy","file":"wide.yaml","line":21,"#
            ), "\(result.output)")
    }

    @Test("the same policy in another order is no change")
    func same() throws {
        #expect(
            try Self.diff("inject.yaml", "inject.yaml")
                == CommandResult(status: 0, output: "nobody gains or loses access\n"))
    }

    private static func status(of script: String, in workplace: Workplace) throws -> Int32 {
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"),
            in: workplace.folder.url,
            environment: ["PATH": "/usr/bin:/bin"]
        )
        let prologue = """
            set -e
            export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
            git init -q . && git config user.name a && git config user.email a@b

            """
        return try shell.run(["-c", prologue + script]).status
    }

    @Test("sides are git revisions, too; one without a policy gives nobody anything")
    func revisions() throws {
        let workplace = try Self.workplace(rules: "")
        let script = """
            git add .env.local && git commit -qm empty && git tag empty
            git add inject.yaml && git commit -qm policy && git tag v1
            """
        #expect(try Self.status(of: script, in: workplace) == 0)
        #expect(try workplace.run("diff", "v1") == CommandResult(status: 0, output: "nobody gains or loses access\n"))
        let first = try workplace.run("diff", "empty")
        #expect(first.error == "inject: `empty` has no inject.yaml: everything is gained\n")
        #expect(first.output.hasSuffix("2 gained, 0 lost\n"), "\(first.output)")
        let none = try workplace.run("diff", "v2")
        #expect(none.status == 2)
        #expect(none.error.contains("error[revision-unknown]: `v2` is neither a file nor a revision"))
    }

    @Test("a link of a revision is followed inside the repository")
    func links() throws {
        let workplace = try Self.workplace(rules: "")
        let script = """
            mkdir -p policies/ci && mv inject.yaml policies/ci/real.yaml
            ln -s ci/real.yaml policies/inject.yaml && ln -s policies/inject.yaml inject.yaml
            git add . && git commit -qm links && git tag v1
            ln -sf loop.yaml loop.yaml && git add loop.yaml && git commit -qm loop && git tag v2
            """
        #expect(try Self.status(of: script, in: workplace) == 0)
        #expect(try workplace.run("diff", "v1") == CommandResult(status: 0, output: "nobody gains or loses access\n"))
        let loop = try workplace.run("diff", "v2", "inject.yaml", "--policy", "loop.yaml")
        #expect(loop.status == 2)
        #expect(loop.error.contains("error[revision-unreadable]: git cannot say what `v2` has at `loop.yaml`"))
    }

    // MARK: - model

    @Test("the model says of each row how it is known")
    func model() throws {
        let result = try Workplace().run("model")
        #expect(result.status == 0)
        #expect(
            result.output.contains(
                """
                merged pull request (observed)
                  ref     refs/heads/BASE
                  events  pull_request, pull_request_review, pull_request_review_comment
                  note    the ref is the branch that was merged into
                  source  decoded tokens in public

                """))
        let json = try Workplace().run("model", "--format", "json")
        #expect(json.output.split(separator: "\n").count == 11)
    }
}
