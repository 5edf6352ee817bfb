import PolicyLint
import Testing

@Suite("A12 kms-decrypt-wildcard")
struct KMSDecryptWildcardTests {
    static let bad: [(TrustDraft, String)] = [
        (TrustDraft.permission("kms:Decrypt", on: "*"), "kms-decrypt-wildcard «*»"),
        (
            TrustDraft.permission("kms:*", on: "arn:aws:kms:eu-west-1:1:key/*"),
            "kms-decrypt-wildcard «arn:aws:kms:eu-west-1:1:key/*»"
        ),
    ]

    static let good: [TrustDraft] = [
        TrustDraft.permission("kms:Decrypt", on: "arn:aws:kms:eu-west-1:1:key/7"),
        TrustDraft.permission(
            "kms:Decrypt", on: "*",
            #", "Condition": {"StringEquals": {"kms:ViaService": "ssm.eu-west-1.amazonaws.com"}}"#),
        TrustDraft.permission("kms:Encrypt", on: "*"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: TrustDraft, expected: String) throws {
        #expect(try draft.findings(of: KMSDecryptWildcard()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: TrustDraft) throws {
        #expect(try draft.findings(of: KMSDecryptWildcard()).isEmpty)
    }
}
