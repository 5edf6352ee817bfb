import PolicyLint
import Testing

@Suite("A08 sub-format-mix")
struct SubjectFormatMixTests {
    static let bad: [(TrustDraft, String)] = [
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme/shop:*"}"#),
            "sub-format-mix «repo:acme/shop:*»"
        ),
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme@65/shop@456789:environment:prod"}"#
            ), "sub-format-mix «repo:acme@65/shop@456789:environment:prod»"
        ),
    ]

    static let good: [TrustDraft] = [
        TrustDraft.good,
        TrustDraft.trust(
            #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": ["repo:acme/shop:*", "repo:acme@65/shop@456789:*"]}"#
        ),
        TrustDraft.trust(#""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme*"}"#),
        TrustDraft.trust(#""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "custom:acme"}"#),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: TrustDraft, expected: String) throws {
        #expect(try draft.findings(of: SubjectFormatMix()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: TrustDraft) throws {
        #expect(try draft.findings(of: SubjectFormatMix()).isEmpty)
    }
}
