import PolicyLint
import Testing

@Suite("A04 star-in-stringequals")
struct StarInStringEqualsTests {
    static let bad: [(TrustDraft, String)] = [
        (
            TrustDraft.trust(#""StringEquals": {"gh:sub": "repo:acme/shop:*"}"#),
            "star-in-stringequals «repo:acme/shop:*»"
        ),
        (
            TrustDraft.trust(#""StringNotEquals": {"gh:ref": ["refs/heads/main", "refs/tags/*"]}"#),
            "star-in-stringequals «refs/tags/*»"
        ),
    ]

    static let good: [TrustDraft] = [
        TrustDraft.good,
        TrustDraft.trust(
            #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme/shop:*"}"#),
        TrustDraft.trust(#""StringEquals": {"gh:ref": "a${*}b"}"#),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: TrustDraft, expected: String) throws {
        #expect(try draft.findings(of: StarInStringEquals()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: TrustDraft) throws {
        #expect(try draft.findings(of: StarInStringEquals()).isEmpty)
    }
}
