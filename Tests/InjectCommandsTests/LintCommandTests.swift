import Foundation
import InjectTesting
import Testing

@Suite("inject lint")
struct LintCommandTests {
    static let unused = Workplace.policy.replacing(
        "      DATABASE_URL:", with: "      OLD_KEY: { from: \"dotenv:.env.local\" }\n      DATABASE_URL:")

    @Test("mends what can be mended and says how much")
    func fix() throws {
        let workplace = try Workplace(policy: Self.unused)
        #expect(
            try workplace.run("lint", "--fix")
                == CommandResult(
                    status: 0,
                    error: "inject: inject.yaml: mended 1\ninject: inject.yaml: no findings\n"
                )
        )
        let text = try String(contentsOfFile: workplace.folder.path("inject.yaml"), encoding: .utf8)
        #expect(text == Workplace.policy)
    }

    @Test("findings of a baseline do not count, and new ones do")
    func baseline() throws {
        let workplace = try Workplace(policy: Self.unused)
        #expect(
            try workplace.run("lint", "--write-baseline", "old.json")
                == CommandResult(status: 0, error: "inject: wrote 1 findings to old.json\n")
        )
        #expect(try workplace.run("lint", "--baseline", "old.json").status == 0)
        try workplace.folder.write("inject.yaml", "# a line more\n" + Self.unused)
        #expect(try workplace.run("lint", "--baseline", "old.json").status == 0)
        try workplace.folder.write("inject.yaml", Self.unused.replacing("OLD_KEY", with: "OLDER_KEY"))
        #expect(try workplace.run("lint", "--baseline", "old.json").status == 1)
        #expect(try workplace.run("lint", "--baseline", "none.json").error.contains("error[lint-baseline]"))
        #expect(try workplace.run("lint", "--baseline", "inject.yaml").status == 2)
    }

    @Test("the mildest finding that fails can be moved")
    func failOn() throws {
        let workplace = try Workplace(policy: Self.unused)
        #expect(try workplace.run("lint").status == 1)
        #expect(try workplace.run("lint", "--fail-on", "error").status == 0)
    }

    @Test("ten annotations are printed, the gravest first, and the rest is counted")
    func annotations() throws {
        let secrets = (1...14).map { "      OLD_\($0): { from: \"dotenv:.env.local\" }\n" }.joined()
        let policy = Workplace.policy.replacing("      DATABASE_URL:", with: secrets + "      DATABASE_URL:")
        let result = try Workplace(policy: policy + "# inject: ignore[P03]\n").run("lint", "--format", "github")
        let lines = result.output.split(separator: "\n")
        #expect(result.status == 1)
        #expect(lines.count == 11)
        #expect(
            lines.first?.contains("title=ignore-comment::") == true
        )
        #expect(lines.last == "and 5 more: `inject lint` prints them all")
    }

    @Test(
        "SARIF stays SARIF, whatever the file is",
        arguments: [Workplace.policy, unused, "", "a: b: c", "\u{0}", "version: \"2\"\n", "[]", "x: \"\u{202E}\"\n"]
    )
    func sarif(policy: String) throws {
        let result = try Workplace(policy: policy).run("lint", "--format", "sarif")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let run = try #require((report["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = Set((driver["rules"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String })
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(report["version"] as? String == "2.1.0")
        #expect(results.isEmpty == (policy == Workplace.policy))
        for found in results {
            #expect(rules.contains(found["ruleId"] as? String ?? ""))
            #expect((found["locations"] as? [Any])?.count == 1)
        }
    }

    @Test("a rule is explained by its code or its id, and a slip is noticed")
    func explain() throws {
        let workplace = try Workplace()
        let text = """
            ### P07 no-event

            A grant that does not say which event it is for. (warning, confidence high)

            Avoid:

            ```
            when: { ref: refs/heads/main }
            ```

            Prefer:

            ```
            when: { event_name: push, ref: refs/heads/main }
            ```

            Why: A merged pull request and `pull_request_target` run with the ref of the branch, so a ref alone does \
            not keep them out.

            """
        #expect(try workplace.run("lint", "--explain", "P07") == CommandResult(status: 0, output: text))
        #expect(try workplace.run("lint", "--explain", "no-event") == CommandResult(status: 0, output: text))
        #expect(
            try workplace.run("lint", "--explain", "no-evnet")
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[usage]: there is no rule `no-evnet`
                          = help: did you mean `no-event`? `inject lint --explain all` prints every rule

                        """
                )
        )
    }

    @Test("a policy in a subfolder is linted with the workflows of its repository")
    func subfolder() throws {
        let workplace = try Workplace(policy: nil)
        let policy = Workplace.policy.replacing("ref: refs/heads/main", with: "ref: refs/heads/main, environment: prod")
        try workplace.folder.write("services/api/inject.yaml", policy)
        try workplace.folder.write(".git/HEAD", "")
        try workplace.folder.write(
            ".github/workflows/a.yml", "on: push\njobs:\n  deploy:\n    steps: [{ run: inject -- make }]\n")
        let outer = try workplace.run("lint", "services/api/inject.yaml")
        #expect(outer.output.contains("error[missing-id-token]"), "\(outer.output)")
        #expect(outer.output.contains("--> .github/workflows/a.yml:3:3\n"), "\(outer.output)")
        let inner = try CommandRunner(
            executable: URL(fileURLWithPath: workplace.inject.path),
            in: workplace.folder.url.appendingPathComponent("services/api"),
            environment: ["PATH": "/usr/bin:/bin"]
        ).run(["lint"])
        #expect(inner.output.contains("--> ../../.github/workflows/a.yml:3:3\n"), "\(inner.output)")
    }

    @Test("what a protected environment gains since a base is an error, until somebody approves it")
    func base() throws {
        let guarded = { (events: String, comment: String) in
            """
            version: "1"
            repository: acme/shop
            repository_id: "456789"
            environments:
              prod:
                protected: "true"
                secrets:
                  KEY: { from: "aws-sm:key", max_age: 30d }
                grants:
                  - id: deploy\(comment)
                    when: { event_name: \(events), environment: prod }
                    read: KEY

            """
        }
        let workplace = try Workplace(policy: guarded("[push, schedule]", ""), dotenv: nil)
        try workplace.folder.write("old.yaml", guarded("push", ""))
        #expect(try workplace.run("lint").status == 0)
        #expect(
            try workplace.run("lint", "--base", "old.yaml")
                == CommandResult(
                    status: 1,
                    output: """
                        error[new-access]: grant `deploy` gives `prod/KEY` to jobs that could not read it before
                          --> inject.yaml:10:13
                           |
                        10 |       - id: deploy
                           |             ^^^^^^
                           |
                           = note: token: event_name=schedule ref=refs/heads/main environment=prod
                           = help: have the owner of the secret approve it, and say so: `# inject: ignore[S11] approved by …`
                           = rule: inject lint --explain S11


                        """
                )
        )
        try workplace.folder.write(
            "inject.yaml", guarded("[push, schedule]", "  # inject: ignore[S11] approved by @dana"))
        #expect(try workplace.run("lint", "--base", "old.yaml").status == 0)
        let none = try workplace.run("lint", "--base", "none.yaml")
        #expect(none.status == 2)
        #expect(none.error.contains("error[revision-unknown]"))
    }

    @Test("grants are compared with the workflows beside them, those that are called too")
    func workflows() throws {
        let workplace = try Workplace()
        let call =
            "on: schedule\njobs:\n  nightly:\n    permissions: { id-token: write }\n    uses: ./.github/workflows/deploy.yml\n"
        let deploy = "on: workflow_call\njobs:\n  deploy:\n    steps:\n      - run: inject -- make deploy\n"
        try workplace.folder.write(".github/workflows/nightly.yml", call)
        try workplace.folder.write(".github/workflows/deploy.yml", deploy)
        #expect(
            try workplace.run("lint")
                == CommandResult(
                    status: 1,
                    output: """
                        error[job-not-granted]: job `deploy` runs inject, and no grant can give it anything
                         --> .github/workflows/deploy.yml:3:3
                          |
                        3 |   deploy:
                          |   ^^^^^^
                          |
                          = note: grant `prod-deploy` is nearest, and wants event_name to be `push`
                          = help: change the job or the grant; `inject explain` shows a token claim by claim
                          = rule: inject lint --explain W03

                        note[grant-unreachable-by-workflow]: no job of the repository that runs inject can use grant `prod-deploy`
                          --> inject.yaml:21:13
                           |
                        21 |       - id: prod-deploy
                           |             ^^^^^^^^^^^
                           |
                           = help: remove it, or compare its claims with the workflow that it is for
                           = rule: inject lint --explain W04


                        """
                )
        )
        try workplace.folder.write(".github/workflows/nightly.yml", call.replacing("schedule", with: "push"))
        #expect(try workplace.run("lint").status == 0)
    }
}
