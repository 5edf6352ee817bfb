import PolicyLint
import Testing

@Suite("A11 secret-arn-wildcard")
struct SecretARNWildcardTests {
    static let bad: [(TrustDraft, String)] = [
        (TrustDraft.permission("secretsmanager:GetSecretValue", on: "*"), "secret-arn-wildcard «*»"),
        (
            TrustDraft.permission(
                "secretsmanager:*", on: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/*"),
            "secret-arn-wildcard «arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/*»"
        ),
        (
            TrustDraft.permission("ssm:GetParameters", on: "arn:aws:ssm:eu-west-1:1:parameter/*"),
            "secret-arn-wildcard «arn:aws:ssm:eu-west-1:1:parameter/*»"
        ),
        (
            TrustDraft.permission(
                "secretsmanager:getsecretvalue", on: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db"),
            "secret-arn-wildcard «arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db»"
        ),
    ]

    static let good: [TrustDraft] = [
        TrustDraft.permission(
            "secretsmanager:GetSecretValue", on: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-??????"),
        TrustDraft.permission(
            "secretsmanager:GetSecretValue", on: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-Ab1dEf"),
        TrustDraft.permission("secretsmanager:BatchGetSecretValue", on: "*"),
        TrustDraft.permission("s3:GetObject", on: "*"),
        TrustDraft.good,
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: TrustDraft, expected: String) throws {
        #expect(try draft.findings(of: SecretARNWildcard()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: TrustDraft) throws {
        #expect(try draft.findings(of: SecretARNWildcard()).isEmpty)
    }
}
