import PolicyLint
import Testing

@Suite("A03 set-operator")
struct SetOperatorOnClaimTests {
    static let bad: [(TrustDraft, String)] = [
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "ForAllValues:StringLike": {"gh:sub": "repo:acme/shop:*"}"#
            ), "set-operator «ForAllValues:StringLike»"
        ),
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "ForAnyValue:StringEquals": {"gh:ref": "refs/heads/main"}"#
            ), "set-operator «ForAnyValue:StringEquals»"
        ),
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLikeIfExists": {"gh:environment": "prod"}"#),
            "set-operator «StringLikeIfExists»"
        ),
    ]

    static let good: [TrustDraft] = [
        TrustDraft.good,
        TrustDraft.trust(
            #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "ForAllValues:StringEquals": {"aws:TagKeys": "a"}"#),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: TrustDraft, expected: String) throws {
        #expect(try draft.findings(of: SetOperatorOnClaim()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: TrustDraft) throws {
        #expect(try draft.findings(of: SetOperatorOnClaim()).isEmpty)
    }
}
