import Foundation
import InjectTesting
import Testing

@Suite("inject lint aws-iam")
struct LintIAMCommandTests {
    static let key = "token.actions.githubusercontent.com"

    static func role(_ conditions: String) -> String {
        """
        {
          "Statement": {
            "Sid": "Deploy",
            "Effect": "Allow",
            "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/\(key)" },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
              \(conditions.replacing("gh:", with: key + ":"))
            }
          }
        }

        """
    }

    static let tag = role(
        #""StringEquals": { "gh:aud": "sts.amazonaws.com", "gh:repository_id": "456789", "gh:ref": "refs/tags/v1" }"#)

    static func run(_ text: String, _ arguments: String...) throws -> CommandResult {
        let workplace = try Workplace()
        try workplace.folder.write("role.json", text)
        return try workplace.inject.run(["lint", "aws-iam", "role.json"] + arguments)
    }

    @Test("says which jobs a role lets in, and that is no failure")
    func jobs() throws {
        #expect(
            try Self.run(Self.tag)
                == CommandResult(
                    status: 0,
                    output: """
                        note[trusted-jobs]: statement `Deploy` lets in jobs of 1 kind
                         --> role.json:3:13
                          |
                        3 |     "Sid": "Deploy",
                          |             ^^^^^^
                          |
                          = note: tag: event_name=push ref=refs/tags/v1 repository=octo-org/octo-repo repository_id=456789 \
                        sub=repo:octo-org/octo-repo:ref:refs/tags/v1
                          = help: whoever can start such a job has the role
                          = rule: inject lint --explain A13


                        """
                )
        )
    }

    @Test("a role that anybody can become fails, in every format")
    func open() throws {
        let role = Self.role(#""StringEquals": { "gh:aud": "sts.amazonaws.com" }"#)
        let token =
            "event_name=push ref=refs/heads/main repository=octo-org/octo-repo sub=repo:octo-org/octo-repo:ref:refs/heads/main"
        let text = try Self.run(role)
        #expect(text.status == 1)
        #expect(
            text.output.contains(
                "error[no-sub]: statement `Deploy` lets in jobs of any repository on GitHub\n --> role.json:3:13\n"))
        #expect(text.output.contains("  = note: token: \(token)\n"))
        let github = try Self.run(role, "--format", "github").output
        #expect(github.hasPrefix("::error file=role.json,line=3,"))
        let lines = try Self.run(role, "--format", "json").output.split(separator: "\n")
        let first = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        #expect(first["id"] as? String == "no-sub")
        #expect(first["notes"] as? [String] == ["token: \(token)"])
        let sarif = try Self.run(role, "--format", "sarif").output
        #expect(sarif.contains(#""ruleId":"no-sub","level":"error""#))
    }

    @Test("what inject compiles has nothing against it", arguments: ["cloudformation", "terraform", "json"])
    func compiled(format: String) throws {
        let workplace = try Workplace(policy: CompileCommandTests.policy(aws: CompileCommandTests.accepted))
        let roles = try workplace.inject.run(["compile", "aws-iam", "--format", format])
        try workplace.folder.write("roles.json", roles.output)
        let result = try workplace.inject.run(["lint", "aws-iam", "roles.json", "--format", "json"])
        #expect(result.status == 0)
        #expect(result.output.split(separator: "\n").count == 1)
        #expect(result.output.contains(#""id":"trusted-jobs","severity":"note""#))
    }

    @Test("findings of a baseline do not count")
    func baseline() throws {
        let workplace = try Workplace()
        try workplace.folder.write("role.json", Self.role(""))
        #expect(try workplace.run("lint", "aws-iam", "role.json", "--write-baseline", "old.json").status == 0)
        #expect(
            try workplace.run("lint", "aws-iam", "role.json", "--baseline", "old.json") == CommandResult(status: 0))
    }

    static let hostile: [(String, String)] = [
        ("", "it ends too early\n  --> role.json:1"),
        ("{\"Statement\":\n[{}", "it ends too early\n  --> role.json:2"),
        (
            "{\"a\": 1, \"a\": 2}",
            "a name stands twice in an object, and readers disagree on which counts\n  --> role.json:1"
        ),
        ("{\"a\": \"\u{1}\"}", "a text holds a control character\n  --> role.json:1"),
        ("\u{FEFF}{}", "it begins with a byte-order mark\n  --> role.json:1"),
        (String(repeating: "[", count: 10_000), "it nests too deep\n  --> role.json:1"),
        ("[" + String(repeating: "0,", count: 200_000) + "0]", "it has too many members\n  --> role.json:1"),
        (String(repeating: " ", count: 2_000_000), "it is longer than 1 MiB\n  --> role.json:1"),
        ("Statement: []", "a character stands where none can\n  --> role.json:1"),
    ]

    @Test("a file that is no JSON is refused with its line, of which nothing is shown", arguments: hostile)
    func malformed(text: String, reason: String) throws {
        #expect(
            try Self.run(text)
                == CommandResult(
                    status: 2,
                    error: """
                        error[aws-iam-unreadable]: this is not the JSON of a policy: \(reason)
                          = help: write the policy as plain JSON, or as the JSON of CloudFormation or Terraform

                        """
                )
        )
    }

    @Test(
        "JSON without a policy is refused",
        arguments: [
            "{}", "[]", "7", #"{"Statement": []}"#, #"{"Statement": [1, null]}"#, #"{"a": "{\"Statement\": 1"}"#,
        ]
    )
    func empty(text: String) throws {
        #expect(
            try Self.run(text)
                == CommandResult(
                    status: 2,
                    error: """
                        error[aws-iam-unreadable]: the file holds no policy of IAM
                          --> role.json
                          = help: name a file with a map that has `Statement`

                        """
                )
        )
    }

    @Test("a policy that is far too long is not analysed, and that is an error")
    func tooLong() throws {
        let values = (0..<2_000).map { "\"repo:acme/s\($0):*\"" }.joined(separator: ",")
        let result = try Self.run(Self.role("\"StringLike\": { \"gh:sub\": [\(values)] }"), "--fail-on", "error")
        #expect(result.status == 1)
        #expect(
            result.output.contains(
                "error[trusted-jobs]: statement `Deploy` is too much to analyse: whom it lets in is not known\n"))
    }

    @Test("what can be mended is, the rest is reported, and a second time nothing is left to do")
    func fix() throws {
        let workplace = try Workplace()
        let role = Self.role("\"ForAnyValue:StringLike\": { \"gh:sub\": [\"repo:acme/shop:*\"] }")
        try workplace.folder.write("role.json", role)
        let first = try workplace.run("lint", "aws-iam", "--fix", "role.json")
        #expect(first.error == "inject: role.json: mended 1\n")
        #expect(!first.output.contains("set-operator"))
        let text = try String(contentsOfFile: workplace.folder.path("role.json"), encoding: .utf8)
        #expect(text == role.replacing("ForAnyValue:StringLike", with: "StringLike"))
        #expect(
            try workplace.run("lint", "aws-iam", "--fix", "role.json") == workplace.run("lint", "aws-iam", "role.json"))
    }

    @Test("wrong usage is said")
    func usage() throws {
        let workplace = try Workplace()
        let help = "  = help: name what to read: `inject lint aws-iam FILE`, with policies of IAM in JSON\n"
        #expect(
            try workplace.run("lint", "aws-iam")
                == CommandResult(status: 2, error: "inject: error[usage]: a file is missing\n" + help))
        #expect(
            try workplace.run("lint", "aws-iam", "none.json")
                == CommandResult(
                    status: 2, error: "inject: error[lint-unreadable]: `none.json` cannot be read: no such file\n"))
    }
}
