import Foundation
import InjectTesting
import Testing

@Suite("The action's check of a pull request")
struct LintActionTests {
    private let runner: FakeRunner
    private let program: String

    private static let policy = """
        version: "1"
        repository: acme/shop
        repository_id: "456789"
        owners: ["@acme/platform"]
        environments:
          prod:
            protected: "true"
            exchange:
              aws: { role: "arn:aws:iam::111122223333:role/inject-prod", region: eu-west-1, allow_widening: [event_name], reason: reviewers }
            secrets:
              API_KEY: { from: "aws-sm:shop/prod/api", max_age: 30d }
            grants:
              - id: deploy
                when: { event_name: push, ref: refs/heads/main, environment: prod }
                read: API_KEY
        tests:
          - token: { event_name: push, ref: refs/heads/main, environment: prod }
            allow: prod/API_KEY
          - token: { event_name: pull_request }
            deny: prod/API_KEY

        """

    init() throws {
        runner = try FakeRunner()
        program = try CommandRunner(product: "inject", in: runner.folder).path
        try runner.folder.write("workspace/inject.yaml", Self.policy)
        try runner.folder.write("workspace/.github/CODEOWNERS", "/inject.yaml @acme/platform\n")
        try git("init", "-q", "-b", "main")
        try git("add", ".")
        try git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "base")
    }

    private func git(_ arguments: String...) throws {
        let folder = URL(fileURLWithPath: runner.folder.path("workspace"))
        let git = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/git"), in: folder)
        let result = try git.run(arguments, environment: ["HOME": runner.folder.path("home")])
        #expect(result.status == 0, "\(result.error)")
    }

    private func change(_ old: String, _ new: String) throws {
        #expect(Self.policy.contains(old))
        try runner.folder.write("workspace/inject.yaml", Self.policy.replacing(old, with: new))
    }

    private func check(_ inputs: [String: String] = [:], base: String = "main") throws -> FakeRunner.Outcome {
        try runner.run(
            "action/lint", ["program": program].merging(inputs) { $1 },
            github: ["github.event.pull_request.base.sha": base])
    }

    private func comment(_ outcome: FakeRunner.Outcome) throws -> String {
        try String(contentsOfFile: outcome.outputs["comment-file"] ?? "", encoding: .utf8)
    }

    @Test(
        "a switch that is neither on nor off is refused",
        arguments: [("fail-on-gain", "TRUE"), ("fail-on-gain", "yes"), ("annotations", "1")])
    func switches(input: String, value: String) throws {
        let outcome = try check([input: value])
        #expect(outcome.status == 2)
        #expect(outcome.log.contains("::error title=inject::\(input) must be true or false\n"), "\(outcome.log)")
    }

    @Test("passes a good policy, with a comment, a summary and a file for code scanning")
    func good() throws {
        let outcome = try check()
        #expect(outcome.status == 0, "\(outcome.log)")
        #expect(
            [outcome.outputs["lint"], outcome.outputs["test"], outcome.outputs["diff"]] == ["pass", "pass", "same"])
        let comment = try comment(outcome)
        #expect(
            comment == """
                <!-- inject policy check -->
                ### Secrets policy

                | lint | tests | access |
                |---|---|---|
                | pass | pass | same |

                **Access to secrets:** nobody gains or loses access

                """
        )
        #expect(outcome.summary == comment)
        let sarif = try Data(contentsOf: URL(fileURLWithPath: outcome.outputs["sarif-file"] ?? ""))
        let report = try #require(try JSONSerialization.jsonObject(with: sarif) as? [String: Any])
        #expect(report["version"] as? String == "2.1.0")
    }

    @Test("a finding is an annotation, a failure and a part of the comment")
    func finding() throws {
        try change("event_name: push, ref", "ref")
        let outcome = try check()
        #expect(outcome.status == 1)
        #expect(outcome.outputs["lint"] == "fail" && outcome.outputs["diff"] == "skipped")
        #expect(outcome.log.contains("\n::error file=inject.yaml,line=13"), "\(outcome.log)")
        #expect(try !check(["annotations": "false"]).log.contains("::error file="))
    }

    @Test("a warning fails unless only errors do")
    func warning() throws {
        try change("repository_id: \"456789\"\n", "")
        let unprotected = try String(contentsOfFile: runner.folder.path("workspace/inject.yaml"), encoding: .utf8)
        try runner.folder.write("workspace/inject.yaml", unprotected.replacing("    protected: \"true\"\n", with: ""))
        let outcome = try check()
        #expect(outcome.status == 1 && outcome.outputs["lint"] == "fail", "\(outcome.log)")
        #expect(try comment(outcome).contains("\n```\n"))
        #expect(try check(["fail-on": "error"]).outputs["lint"] == "pass")
    }

    @Test("a failing test fails, and says which")
    func failingTest() throws {
        try change("deny: prod/API_KEY", "allow: prod/API_KEY")
        let outcome = try check()
        #expect(outcome.status == 1 && outcome.outputs["test"] == "fail")
        #expect(try comment(outcome).contains("1 failed"))
    }

    @Test("who gains access is in the comment, and fails only where that is asked for")
    func gain() throws {
        try change(
            "ref: refs/heads/main, environment: prod }\n        read",
            "ref: [refs/heads/main, refs/heads/next], environment: prod }\n        read")
        let outcome = try check()
        #expect(outcome.status == 0, "\(outcome.log)")
        #expect(outcome.outputs["diff"] == "gained")
        #expect(try comment(outcome).contains("| ⚠️ gained | `prod/API_KEY` |"))
        #expect(outcome.log.contains("title=access-gained::"))
        #expect(try check(["fail-on-gain": "true"]).status == 1)
    }

    @Test(
        "a base that is not in the checkout is said, and the rest is checked",
        arguments: ["0123abcd", "a b'$(touch pwned)"])
    func missingBase(base: String) throws {
        let outcome = try check(base: base)
        #expect(outcome.status == 0, "\(outcome.log)")
        #expect(outcome.outputs["diff"] == "error" && outcome.outputs["lint"] == "pass")
        #expect(outcome.log.contains("inject: error[revision-unknown]: `\(base)` is neither a file nor a revision\n"))
        #expect(outcome.log.contains("compared with the base: the log says why\n"), "\(outcome.log)")
        #expect(!outcome.log.contains("fetch-depth"))
        #expect(!FileManager.default.fileExists(atPath: runner.folder.path("workspace/pwned")))
    }

    @Test("without a base nothing is compared")
    func noBase() throws {
        #expect(try check(base: "").outputs["diff"] == "skipped")
    }

    @Test("a policy that cannot be read is an error of its own", arguments: ["none.yaml", "a\nb.yaml", "-x"])
    func unreadable(policy: String) throws {
        let outcome = try check(["policy": policy])
        #expect(outcome.status == 2)
        #expect(outcome.outputs["lint"] == "error", "\(outcome.log)")
    }

    @Test("a comment is no longer than GitHub takes")
    func longComment() throws {
        let script = "head -c 100000 /dev/zero | tr '\\0' \"$1\"\nexit 1\n"
        try runner.folder.write(
            "workspace/stand-in", "#!/bin/sh\ncase $1 in --version) echo inject 0.1.0; exit ;; esac\n" + script)
        let comment = try comment(try check(["program": "stand-in", "annotations": "false"]))
        #expect(comment.utf8.count <= 65_536)
        #expect(["ddd", "lll", "ttt"].allSatisfy { comment.contains($0) })
    }

    @Test("text of the policy cannot leave its block of the comment")
    func fences() throws {
        try change("API_KEY: {", "\"```\": {")
        let comment = try comment(try check())
        #expect(comment.contains("\n``````\nerror[policy-bad-name]: ````` cannot"), "\(comment)")
    }
}
