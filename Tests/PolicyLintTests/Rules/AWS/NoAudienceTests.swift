import PolicyLint
import Testing

@Suite("A02 no-aud")
struct NoAudienceTests {
    static let bad: [(TrustDraft, String)] = [
        (TrustDraft.trust(#""StringLike": {"gh:sub": "repo:acme/shop:*"}"#), "no-aud «Deploy»"),
        (TrustDraft.trust(#""StringLike": {"gh:sub": "repo:acme/shop:*", "gh:aud": "*"}"#), "no-aud «Deploy»"),
        (TrustDraft.trust(#""ForAllValues:StringEquals": {"gh:aud": "sts.amazonaws.com"}"#), "no-aud «Deploy»"),
    ]

    static let good: [TrustDraft] = [
        TrustDraft.good,
        TrustDraft.trust(
            #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme/shop:*"}"#),
        TrustDraft(TrustDraft.trust("").text.replacing("\"Allow\"", with: "\"Deny\"")),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: TrustDraft, expected: String) throws {
        #expect(try draft.findings(of: NoAudience()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: TrustDraft) throws {
        #expect(try draft.findings(of: NoAudience()).isEmpty)
    }
}
