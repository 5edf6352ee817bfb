import PolicyLint
import Testing

@Suite("A05 sub-wildcard-org")
struct SubjectWildcardOrgTests {
    static let bad: [(TrustDraft, String)] = [
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme/*"}"#),
            "sub-wildcard-org «repo:acme/*»"
        ),
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme*"}"#),
            "sub-wildcard-org «repo:acme*»"
        ),
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": ["repo:acme/shop:*", "repo:acme/app*:ref:refs/heads/main"]}"#
            ), "sub-wildcard-org «repo:acme/app*:ref:refs/heads/main»"
        ),
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme/app*"}"#),
            "sub-wildcard-org «repo:acme/app*»"
        ),
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme@65/*"}"#),
            "sub-wildcard-org «repo:acme@65/*»"
        ),
        (TrustDraft.trust(#""StringLike": {"gh:repository": "acme/*"}"#), "sub-wildcard-org «acme/*»"),
        (TrustDraft.trust(#""StringEquals": {"gh:enterprise_id": "7"}"#), "sub-wildcard-org «Deploy»"),
    ]

    static let good: [TrustDraft] = [
        TrustDraft.good,
        TrustDraft.trust(
            #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme/shop:*"}"#),
        TrustDraft.trust(#""StringEquals": {"gh:aud": "sts.amazonaws.com"}"#),
        TrustDraft.trust(
            #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme@*/shop@456789:*"}"#),
        TrustDraft.trust(#""StringEquals": {"gh:repository_id": "4"}, "StringLike": {"gh:sub": "repo:acme/*"}"#),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: TrustDraft, expected: String) throws {
        #expect(try draft.findings(of: SubjectWildcardOrg()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: TrustDraft) throws {
        #expect(try draft.findings(of: SubjectWildcardOrg()).isEmpty)
    }
}
