import PolicyLint
import Testing

@Suite("A09 exact-and-wildcard-anded")
struct ExactAndWildcardAndedTests {
    static let bad: [(TrustDraft, String)] = [
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:sub": "repo:acme/shop:ref:refs/heads/main"}, "StringLike": {"gh:sub": "repo:acme/web:*"}"#
            ), "exact-and-wildcard-anded «token.actions.githubusercontent.com:sub»"
        )
    ]

    static let good: [TrustDraft] = [
        TrustDraft.good,
        TrustDraft.trust(
            #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme/shop:*"}"#),
        TrustDraft.trust(#""StringLike": {"gh:ref": "refs/heads/*"}, "StringNotLike": {"gh:ref": "refs/heads/wip*"}"#),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: TrustDraft, expected: String) throws {
        #expect(try draft.findings(of: ExactAndWildcardAnded()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: TrustDraft) throws {
        #expect(try draft.findings(of: ExactAndWildcardAnded()).isEmpty)
    }
}
