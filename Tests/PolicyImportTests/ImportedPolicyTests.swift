import Diagnostics
import InjectTesting
import OIDC
import Policy
import PolicyImport
import Testing

@Suite("Imported policies")
struct ImportedPolicyTests {
    /// A token as GitHub makes it, with the older `sub`.
    struct Token: CustomStringConvertible {
        var claims: [String: String]

        var subject: String { GitHubSubject { claims[$0] }?.classic ?? "" }
        var description: String {
            claims.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        }

        init(_ claims: [String: String]) {
            let own = [
                "repository": "acme/shop", "repository_id": "456789", "repository_owner_id": "1", "event_name": "push",
            ]
            self.claims = own.merging(claims) { $1 }
        }
    }

    /// What the policy was before, and which tokens it let in.
    struct Case: CustomTestStringConvertible, Sendable {
        var system: ImportedPolicy.System
        var text: String
        var lets: @Sendable (Token) -> Bool
        /// Whether all of it can be said.
        var isWhole = true
        var testDescription: String { text }
    }

    static func aws(
        _ operation: String, _ values: String, _ isWhole: Bool = true, lets: @escaping @Sendable (Token) -> Bool
    )
        -> Case
    {
        let text = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
            \t"Principal": {"Federated": "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"},
            "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
            "\(operation)": {\(values)}}}]}
            """
        return Case(system: .aws, text: text, lets: lets, isWhole: isWhole)
    }

    static func sub(_ text: String) -> String { "\"token.actions.githubusercontent.com:sub\": \(text)" }

    static let sts = "issuer: https://token.actions.githubusercontent.com\npermissions: { contents: read }\n"

    static let cases: [Case] = [
        aws("StringLike", sub("\"repo:acme/shop:ref:refs/heads/main\"")) {
            $0.subject == "repo:acme/shop:ref:refs/heads/main"
        },
        aws("StringLike", sub("[\"repo:acme/shop:environment:prod\", \"repo:acme/shop:pull_request\"]")) {
            ["repo:acme/shop:environment:prod", "repo:acme/shop:pull_request"].contains($0.subject)
        },
        aws("StringLike", sub("\"repo:acme/shop:ref:refs/heads/*\"")) {
            $0.subject.hasPrefix("repo:acme/shop:ref:refs/heads/")
        },
        aws("StringLike", sub("\"repo:acme/shop:ref:refs/heads/release-*x\"")) {
            $0.subject.hasPrefix("repo:acme/shop:ref:refs/heads/release-") && $0.subject.hasSuffix("x")
        },
        aws("StringLike", sub("\"repo:acme/shop:*\"")) { $0.subject.hasPrefix("repo:acme/shop:") },
        aws("ForAnyValue:StringLike", sub("\"repo:acme/*:ref:refs/tags/v*\"")) {
            $0.subject.hasPrefix("repo:acme/") && $0.subject.contains(":ref:refs/tags/v")
        },
        Case(
            system: .vault,
            text: #"""
                {"data": {"role_type": "jwt", "bound_subject": "repo:acme/shop:ref:refs/heads/main",
                "bound_claims": {"event_name": "push"}, "user_claim": "actor"}}
                """#, lets: { $0.subject == "repo:acme/shop:ref:refs/heads/main" && $0.claims["event_name"] == "push" },
            isWhole: false),
        Case(
            system: .vault,
            text: #"""
                {"bound_claims_type": "glob", "bound_claims": {"repository": "acme/shop", "repository_id": "456789", "ref": ["refs/heads/*", "refs/tags/v*"]}}
                """#,
            lets: { token in
                let ref = token.claims["ref"] ?? ""
                return token.claims["repository"] == "acme/shop"
                    && (ref.hasPrefix("refs/heads/") || ref.hasPrefix("refs/tags/v"))
            }),
        Case(
            system: .octoSTS, text: sts + "subject: repo:acme/shop:environment:prod\n",
            lets: {
                $0.subject == "repo:acme/shop:environment:prod"
            }),
        Case(
            system: .octoSTS,
            text: sts
                + "subject_pattern: 'repo:acme/shop:ref:refs/(heads|tags)/.*'\nclaim_pattern: { actor_id: '(1|2)' }\n",
            lets: {
                let isRef =
                    $0.subject.hasPrefix("repo:acme/shop:ref:refs/heads/")
                    || $0.subject.hasPrefix("repo:acme/shop:ref:refs/tags/")
                return isRef && ["1", "2"].contains($0.claims["actor_id"])
            }),
        Case(
            system: .octoSTS, text: sts + "subject_pattern: 'repo:acme/shop:ref:refs/heads/[^/]*'\n",
            lets: {
                let start = "repo:acme/shop:ref:refs/heads/"
                return $0.subject.hasPrefix(start) && !$0.subject.dropFirst(start.count).contains("/")
            }),
    ]

    static let tokens: [Token] = {
        var tokens: [Token] = []
        let refs = [
            "refs/heads/main", "refs/heads/a/b", "refs/heads/release-1x", "refs/heads/release-1/x", "refs/tags/v1",
            "refs/pull/7/merge",
        ]
        for (repository, id) in [("acme/shop", "456789"), ("acme/other", "2"), ("evil/shop", "3"), ("acme/shop", "9")] {
            for event in ["push", "pull_request", "workflow_dispatch", "pull_request_target"] {
                for ref in refs {
                    for environment in [nil, "prod", "dev", "a:b"] {
                        for actor in ["1", "3"] {
                            var claims = [
                                "repository": repository, "repository_id": id, "event_name": event, "ref": ref,
                                "actor_id": actor,
                            ]
                            claims["environment"] = environment
                            tokens.append(Token(claims))
                        }
                    }
                }
            }
        }
        return tokens
    }()

    private func imported(_ text: String, _ system: ImportedPolicy.System, id: String? = "456789") throws -> (
        PolicyFile, ImportedPolicy, String
    ) {
        let policy = try ImportedPolicy(
            SourceText(name: "foreign", bytes: Array(text.utf8)), from: system, repositoryID: id)
        let text = try policy.text(repository: "acme/shop")
        return (try PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(text.utf8))), policy, text)
    }

    private func allows(_ policy: PolicyFile, _ token: Token) -> Bool {
        let claims = ClaimSet(assumed: token.claims.map { (Array($0.key.utf8), Array($0.value.utf8)) })
        return policy.environments.contains { environment in
            policy.decisions(in: environment, claims: claims, at: 0).contains(where: \.isAllowed)
        }
    }

    @Test("let in no token that was not let in, and some of those that were", arguments: cases)
    func neverWider(row: Case) throws {
        let (policy, imported, text) = try imported(row.text, row.system)
        var count = 0
        for token in Self.tokens where allows(policy, token) {
            #expect(row.lets(token), "\(token)\n\(text)")
            count += 1
        }
        #expect(imported.isPartial == !row.isWhole, "\(text)")
        #expect(count > 0 || !row.isWhole || text.contains("REPLACE-ME"))
    }

    @Test("match nobody until a name has its number")
    func number() throws {
        let (policy, _, text) = try imported(Self.cases[0].text, .aws, id: nil)
        #expect(Self.tokens.allSatisfy { !allows(policy, $0) })
        #expect(text.contains("# matches nothing until repository_id is the repository's number"))
        #expect(text.contains("repository_id: \"REPLACE-ME\""))
    }

    static let leftOut: [(ImportedPolicy.System, String, String)] = [
        (.aws, aws("StringNotEquals", sub("\"x\"")) { _ in true }.text, "`StringNotEquals` cannot be said"),
        (.aws, aws("StringLikeIfExists", sub("\"x\"")) { _ in true }.text, "`StringLikeIfExists` cannot be said"),
        (
            .aws, aws("ForAllValues:StringLike", sub("\"x\"")) { _ in true }.text,
            "`ForAllValues:StringLike` cannot be said"
        ),
        (.aws, aws("StringLike", sub("\"repo:*\"")) { _ in true }.text, "the repositories `*`"),
        (.aws, aws("StringLike", sub("\"*\"")) { _ in true }.text, "the `sub` `*`"),
        (
            .aws,
            aws("StringEquals", "\"aws:SourceIp\": \"1.2.3.4\"") { _ in true }.text.replacing(
                "\"StringEquals\": {\"token", with: "\"StringLike\": {\"token"), "`aws:SourceIp` is no claim"
        ),
        (.aws, aws("StringLike", sub("\"repo:acme/shop:ref:refs/heads/?\"")) { _ in true }.text, "`?` in"),
        (.aws, cases[0].text.replacing("]}", with: ", {\"Effect\": \"Deny\"}]}"), "everything: statement 2 denies"),
        (
            .aws,
            "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"AWS\": \"*\"}}}",
            "for others than GitHub's tokens"
        ),
        (.vault, "{\"role_type\": \"oidc\"}", "it is of type `oidc`"), (.vault, "{}", "it is bound to no claim"),
        (.vault, "{\"bound_claims\": {\"/nested/x\": \"a\"}}", "a condition on `/nested/x`"),
        (.vault, "{\"bound_claims\": {\"ref_protected\": true}}", "the value of `ref_protected`"),
        (.vault, "{\"bound_claims\": {\"ref\": \"refs/*\"}}", "the literal `*` of `refs/*`"),
        (
            .vault, "{\"bound_subject\": \"repo:acme/shop:pull_request\", \"token_bound_cidrs\": [\"10.0.0.0/8\"]}",
            "about addresses"
        ),
        (.octoSTS, "issuer: https://accounts.google.com\nsubject: x\n", "its issuer is not GitHub's"),
        (.octoSTS, sts + "subject_pattern: 'repo:acme/[a-z]+:.*'\n", "the expression"),
        (
            .octoSTS, sts + "subject: repo:acme/shop:environment:prod\nclaim_pattern: { email: x }\n",
            "a condition on `email`"
        ),
        (.octoSTS, sts + "subject: repo:acme/shop:environment:prod\nexpires: tomorrow\n", "`expires` is not known"),
    ]

    @Test("leave out what they cannot say, and say so", arguments: leftOut)
    func leavesOut(system: ImportedPolicy.System, text: String, reason: String) throws {
        let (policy, imported, written) = try imported(text, system)
        #expect(imported.isPartial)
        #expect(written.contains("# LEFT OUT: ") && written.contains(reason), "\(written)")
        #expect(Self.tokens.allSatisfy { !allows(policy, $0) })
    }

    @Test("a key that stands twice is refused, since systems read one or the other")
    func duplicate() {
        let text = "{\"bound_claims\": {\"ref\": \"a\"}, \"bound_claims\": {}}"
        #expect(throws: Diagnostic.self) { try imported(text, .vault) }
    }

    @Test("look like this")
    func text() throws {
        #expect(
            try imported(Self.cases[1].text, .aws).2 == """
                # Imported from foreign, of aws: it lets in no token that is not let in there
                # the role's own name and permissions are elsewhere: write below which secrets it reads
                version: "1"
                repository: "acme/shop"

                environments:
                  imported:
                    secrets:
                      REPLACE_ME: { from: "aws-sm:REPLACE/ME" }   # the secrets that these jobs read
                    grants:
                      - id: imported-1
                        when:
                          repository: "acme/shop"
                          repository_id: "456789"
                          environment: "prod"
                        read: REPLACE_ME
                  imported-without-environment:
                    secrets:
                      REPLACE_ME: { from: "aws-sm:REPLACE/ME" }   # the secrets that these jobs read
                    grants:
                      - id: imported-2
                        when:
                          repository: "acme/shop"
                          repository_id: "456789"
                          event_name: "pull_request"
                        read: REPLACE_ME

                deny:
                  - id: no-environment
                    when: { environment: "**" }
                    read: "imported-without-environment/**"

                """
        )
    }
}
