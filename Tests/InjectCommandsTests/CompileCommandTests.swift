import Foundation
import InjectTesting
import Testing

@Suite("inject compile aws-iam")
struct CompileCommandTests {
    static func policy(
        when: String = "{ ref: refs/heads/main, environment: \"live:eu\" }",
        aws: String = "",
        more: String = "",
        rest: String = ""
    ) -> String {
        """
        version: "1"
        repository: acme/shop
        repository_id: "456789"
        repository_owner_id: "65"
        environments:
          staging:
            exchange:
              aws: { role: "arn:aws:iam::111122223333:role/ci/inject-staging", region: eu-west-1\(aws) }
            secrets:
              DATABASE_URL: { from: "aws-sm:shop/db#url" }
              API_KEY: { from: "aws-sm:shop/api" }
              STRIPE_KEY: { from: "aws-ssm:/shop/stripe" }
            grants:
              - id: staging-deploy
                when: \(when)
                read: [DATABASE_URL, API_KEY, STRIPE_KEY]
        \(more)
        \(rest)

        """
    }

    static func run(_ policy: String, _ arguments: String...) throws -> CommandResult {
        try Workplace(policy: policy).inject.run(["compile", "aws-iam"] + arguments)
    }

    /// `repository_owner_id` is no claim that AWS sees, and the policy accepts that.
    static let accepted = ", allow_widening: repository_owner_id, reason: \"the id of the repository is enough\""

    @Test("a role trusts the claims that AWS sees, with both forms of `sub`, and reads what the grants read")
    func plain() throws {
        #expect(
            try Self.run(Self.policy(aws: Self.accepted), "--format", "json")
                == CommandResult(
                    status: 0,
                    output: #"""
                        [
                          {
                            "environment": "staging",
                            "role": "arn:aws:iam::111122223333:role/ci/inject-staging",
                            "trust": {
                              "Version": "2012-10-17",
                              "Statement": [
                                {
                                  "Sid": "GrantStagingDeploy",
                                  "Effect": "Allow",
                                  "Principal": {
                                    "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
                                  },
                                  "Action": "sts:AssumeRoleWithWebIdentity",
                                  "Condition": {
                                    "StringEquals": {
                                      "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                                      "token.actions.githubusercontent.com:repository": "acme/shop",
                                      "token.actions.githubusercontent.com:repository_id": "456789",
                                      "token.actions.githubusercontent.com:ref": "refs/heads/main",
                                      "token.actions.githubusercontent.com:environment": "live:eu"
                                    },
                                    "StringLike": {
                                      "token.actions.githubusercontent.com:sub": [
                                        "repo:acme/shop:environment:live%3Aeu",
                                        "repo:acme@65/shop@456789:environment:live%3Aeu"
                                      ]
                                    }
                                  }
                                }
                              ]
                            },
                            "permissions": {
                              "Version": "2012-10-17",
                              "Statement": [
                                {
                                  "Effect": "Allow",
                                  "Action": "secretsmanager:GetSecretValue",
                                  "Resource": [
                                    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-??????",
                                    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/api-??????"
                                  ]
                                },
                                {
                                  "Effect": "Allow",
                                  "Action": "secretsmanager:BatchGetSecretValue",
                                  "Resource": "*"
                                },
                                {
                                  "Effect": "Allow",
                                  "Action": "ssm:GetParameters",
                                  "Resource": "arn:aws:ssm:eu-west-1:111122223333:parameter/shop/stripe"
                                },
                                {
                                  "Effect": "Allow",
                                  "Action": "kms:Decrypt",
                                  "Resource": "*",
                                  "Condition": {
                                    "StringEquals": {
                                      "kms:ViaService": [
                                        "secretsmanager.eu-west-1.amazonaws.com",
                                        "ssm.eu-west-1.amazonaws.com"
                                      ]
                                    }
                                  }
                                }
                              ]
                            }
                          }
                        ]

                        """#
                )
        )
    }

    @Test(
        "what AWS cannot see is refused, with a token that shows it",
        arguments: [
            ("{ event_name: push, environment: prod }", "", "", "`event_name`", "event_name=create "),
            ("{ ref: \"refs/heads/*\" }", "", "", "`ref`", "ref=refs/heads/a/a"),
            (
                "{ ref: refs/heads/main }", "",
                "deny:\n  - { id: d, when: { runner_environment: self-hosted }, read: \"staging/**\" }",
                "`runner_environment`", "runner_environment=self-hosted"
            ),
            (
                "{ ref: refs/heads/main }",
                "      - { id: other, when: { ref: refs/heads/dev }, read: API_KEY }", "",
                "one role reads for all grants", "ref=refs/heads/dev"
            ),
        ]
    )
    func widening(when: String, more: String, rest: String, message: String, token: String) throws {
        let result = try Self.run(Self.policy(when: when, aws: Self.accepted, more: more, rest: rest))
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(result.error.contains("error[compile-widens]"))
        #expect(result.error.contains(message), "\(result.error)")
        #expect(result.error.contains(token), "\(result.error)")
    }

    @Test("a widening that the policy accepts, with a reason, is written")
    func accepts() throws {
        let aws = ", allow_widening: [repository_owner_id, event_name], reason: \"environment prod has reviewers\""
        #expect(try Self.run(Self.policy(when: "{ event_name: push, environment: prod }", aws: aws)).status == 0)
    }

    @Test(
        "an acceptance without a reason, or of nothing, is refused",
        arguments: [
            (", allow_widening: ref", "error[policy-missing-key]"),
            (", reason: \"why\"", "error[policy-missing-key]"),
            (", allow_widening: rev, reason: \"why\"", "did you mean `ref`?"),
        ]
    )
    func reasons(aws: String, expected: String) throws {
        let result = try Self.run(Self.policy(aws: aws))
        #expect(result.status == 2)
        #expect(result.error.contains(expected), "\(result.error)")
    }

    @Test("a policy without AWS cannot be compiled for it")
    func nothing() throws {
        let result = try Self.run(Workplace.policy)
        #expect(result.status == 2)
        #expect(
            result.error.hasPrefix(
                "inject: error[compile-refused]: no environment of the policy has an exchange with AWS"))
    }

    @Test("a rule that AWS sees whole becomes a statement that denies")
    func deny() throws {
        let rest = "deny:\n  - { id: no-tags, when: { ref: \"refs/tags/**\" }, read: \"staging/**\" }"
        let result = try Self.run(
            Self.policy(when: "{ environment: prod }", aws: Self.accepted, rest: rest), "--format", "json")
        #expect(result.status == 0, "\(result.error)")
        #expect(result.output.contains(#""Effect": "Deny""#))
        #expect(result.output.contains(#""token.actions.githubusercontent.com:ref": "refs/tags/*""#))
    }

    @Test("a grant for another owner's repository trusts that owner's id")
    func otherOwner() throws {
        let when = "{ repository: partner/lib, repository_id: \"1\", repository_owner_id: \"66\", environment: prod }"
        let result = try Self.run(Self.policy(when: when, aws: Self.accepted), "--format", "json")
        #expect(result.status == 0, "\(result.error)")
        #expect(result.output.contains("\"repo:partner@66/lib@1:environment:prod\""), "\(result.output)")
        #expect(!result.output.contains("@65/"))
    }

    // MARK: - Two environments

    /// A policy with two environments.
    static func pair(
        names: (String, String) = ("staging", "prod"),
        roles: (String, String) = ("a", "b"),
        from: (String, String) = ("aws-sm:shop/db#a", "aws-sm:shop/db#b"),
        ids: (String, String) = ("one", "two"),
        accepted: String = ""
    ) -> String {
        func environment(_ name: String, _ role: String, _ from: String, _ id: String, _ more: String) -> String {
            let exchange = "role: \"arn:aws:iam::111122223333:role/\(role)\", region: eu-west-1\(more)"
            return """
                  \(name):
                    exchange: { aws: { \(exchange) } }
                    secrets: { KEY: { from: "\(from)" } }
                    grants:
                      - { id: \(id), when: { environment: \(name) }, read: KEY }

                """
        }
        return "version: \"1\"\nrepository: acme/shop\nrepository_id: \"456789\"\nenvironments:\n"
            + environment(names.0, roles.0, from.0, ids.0, accepted)
            + environment(names.1, roles.1, from.1, ids.1, accepted)
    }

    @Test("a role that would read another environment's part of a secret is refused")
    func sharedSecret() throws {
        let result = try Workplace(policy: Self.pair()).run("compile", "aws-iam")
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(
            result.error.hasPrefix(
                """
                error[compile-widens]: the role of `staging` would read prod/KEY too: AWS holds it in one secret with staging/KEY
                 --> inject.yaml:7:16

                """), "\(result.error)")
    }

    @Test(
        "a role that would read a member that no grant of its own reads is refused",
        arguments: [
            (
                pair().replacing("secrets: { KEY:", with: "secrets: { ROOT: { from: \"aws-sm:shop/db#root\" }, KEY:"),
                ["staging/ROOT", "prod/ROOT", "prod/KEY"]
            ),
            (pair(roles: ("a", "b")).withoutRole("b"), ["prod/KEY"]),
            (pair(roles: ("a", "b")).withoutRole("b", exchange: "broker: \"https://b.example.com\""), ["prod/KEY"]),
        ]
    )
    func ungranted(policy: String, paths: [String]) throws {
        let result = try Workplace(policy: policy).run("compile", "aws-iam")
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        for path in paths {
            let message = "the role of `staging` would read \(path) too: AWS holds it in one secret with staging/KEY"
            #expect(result.error.contains("error[compile-widens]: \(message)\n"), "\(result.error)")
        }
    }

    @Test(
        "what a role may read of another environment, or somebody accepts, is written",
        arguments: [
            pair(accepted: ", allow_widening: read, reason: \"both are test data\""),
            pair(from: ("aws-sm:shop/a", "aws-sm:shop/b")),
            pair(from: ("aws-sm:shop/db#a", "aws-sm:shop/db#a")),
            pair(from: ("aws-ssm:/shop/a", "aws-ssm:/shop/b")),
            pair(from: ("aws-sm:shop/db#a", "aws-sm:shop/db#a")).withoutRole("b"),
            pair(from: ("aws-sm:shop/a#a", "aws-sm:shop/b#b")).withoutRole("b"),
        ]
    )
    func separateSecrets(policy: String) throws {
        let result = try Self.run(policy)
        #expect(result.status == 0, "\(result.error)")
    }

    @Test(
        "what would be one in AWS or in a template is refused",
        arguments: [
            (pair(roles: ("a", "ci/A")), "environments `staging` and `prod` have the same role, `A`"),
            (
                pair(names: ("prod-eu", "prod.eu")),
                "environments `prod-eu` and `prod.eu` have the same letters and digits, and a template's names nothing else"
            ),
            (
                pair(ids: ("o.n, when: { environment: x }, read: KEY }\n      - { id: o-n", "two")),
                "two rules about `staging` would have the id `GrantON`, in which only letters and digits count"
            ),
        ]
    )
    func clash(policy: String, message: String) throws {
        let result = try Self.run(policy)
        #expect(result.status == 2)
        #expect(result.error.hasPrefix("error[compile-refused]: \(message)\n"), "\(result.error)")
    }

    // MARK: - Other people's tools

    @Test("cfn-lint finds nothing in the template")
    func cfnLint() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("roles.json", try Self.run(Self.policy(aws: Self.accepted)).output)
        let lint = CommandRunner(executable: try Python.program("cfn-lint"), in: folder.url)
        let result = try lint.run([path])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test("parliament finds nothing but the key, which only the stores may use for the role")
    func parliament() throws {
        let written = try Self.run(Self.policy(aws: Self.accepted), "--format", "json").output
        let script = """
            import json, parliament, sys
            for role in json.load(sys.stdin):
                for found in parliament.analyze_policy_string(json.dumps(role["permissions"])).findings:
                    print(found.issue, found.detail)
            """
        let findings = String(decoding: try Python.run(script, input: Data(written.utf8)), as: UTF8.self)
        #expect(findings == "RESOURCE_STAR ['kms:Decrypt']\n")
    }

    /// A policy of trust has no resources, so it is given one; what parliament does not know is another maker's issuer.
    @Test("parliament finds nothing in the trust but an issuer that it does not know")
    func parliamentOnTrust() throws {
        let rest = "deny:\n  - { id: no-tags, when: { ref: \"refs/tags/**\" }, read: \"staging/**\" }"
        let written = try Self.run(Self.policy(aws: Self.accepted, rest: rest), "--format", "json").output
        let script = """
            import json, parliament, sys
            roles, slip = json.load(sys.stdin), sys.argv[1]
            for role in roles:
                for statement in role["trust"]["Statement"]:
                    statement["Resource"] = "*"
                for found in parliament.analyze_policy_string(json.dumps(role["trust"]).replace(*slip.split("|"))).findings:
                    print(found.issue, found.detail)
            """
        func findings(_ slip: String) throws -> Set<String> {
            let output = try Python.run(script, arguments: [slip], input: Data(written.utf8))
            return Set(String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init))
        }
        let issuer = "token.actions.githubusercontent.com"
        let claims = ["aud", "environment", "ref", "repository", "repository_id", "sub"].map {
            "UNKNOWN_CONDITION_FOR_ACTION Unknown condition \(issuer):\($0) for action sts:AssumeRoleWithWebIdentity"
        }
        let expected = [
            "UNKNOWN_FEDERATION_SOURCE arn:aws:iam::111122223333:oidc-provider/\(issuer)",
            "RESOURCE_STAR ['sts:AssumeRoleWithWebIdentity']",
        ]
        #expect(try findings("x|x") == Set(claims + expected))
        // It does look: slips are found.
        #expect(try findings("WebIdentity|WebIdentities").contains { $0.hasPrefix("UNKNOWN_ACTION") })
        #expect(try findings("Effect|Efect").contains { $0.hasPrefix("MALFORMED") })
        #expect(try findings("Deny|Forbid").contains { $0.hasPrefix("MALFORMED") })
    }

    @Test("Terraform's JSON holds the same documents as text")
    func terraform() throws {
        let policy = Self.policy(aws: Self.accepted)
        let script = """
            import json, sys
            terraform, plain = json.load(open(sys.argv[1])), json.load(open(sys.argv[2]))
            resource = terraform["resource"]
            role = resource["aws_iam_role"]["inject_staging"]
            assert role["name"] == "inject-staging" and role["path"] == "/ci/", role
            assert json.loads(role["assume_role_policy"]) == plain[0]["trust"]
            policy = resource["aws_iam_role_policy"]["inject_staging"]["policy"]
            assert json.loads(policy) == plain[0]["permissions"]
            """
        let folder = try TemporaryFolder()
        let paths = [
            try folder.write("a.json", try Self.run(policy, "--format", "terraform").output),
            try folder.write("b.json", try Self.run(policy, "--format", "json").output),
        ]
        _ = try Python.run(script, arguments: paths)
    }
}

extension String {
    /// A policy whose environment with a role has none, or another exchange.
    fileprivate func withoutRole(_ role: String, exchange: String = "") -> String {
        let aws = "exchange: { aws: { role: \"arn:aws:iam::111122223333:role/\(role)\", region: eu-west-1 } }"
        return replacing(aws, with: exchange.isEmpty ? "" : "exchange: { \(exchange) }")
    }
}
