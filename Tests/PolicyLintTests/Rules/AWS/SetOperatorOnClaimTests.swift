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

    private static let audience = #""StringEquals": {"gh:aud": "sts.amazonaws.com"}"#

    @Test(
        "the plain operator is written",
        arguments: [
            (#""ForAllValues:StringLike": {"gh:sub": "a*"}"#, #""StringLike": {"gh:sub": "a*"}"#),
            (#""ForAnyValue:StringLikeIfExists": {"gh:sub": "a*"}"#, #""StringLike": {"gh:sub": "a*"}"#),
            (
                #""stringlikeifexists": {"gh:environment": "prod", "gh:sub": "a*"}"#,
                #""StringLike": {"gh:environment": "prod", "gh:sub": "a*"}"#
            ),
            (#""ForAllValues:StringNotLike": {"gh:sub": "a*"}"#, #""StringNotLike": {"gh:sub": "a*"}"#),
        ]
    )
    func fix(test: String, mended: String) throws {
        let draft = TrustDraft.trust(Self.audience + ", " + test)
        let fixes = try SetOperatorOnClaim().findings(in: draft.subject()).compactMap(\.fix)
        let source = try #require(fixes.first?.source)
        let text = String(decoding: LintFix.applied(fixes, to: source).bytes, as: UTF8.self)
        #expect(text == TrustDraft.trust(Self.audience + ", " + mended).text)
        #expect(try TrustDraft(text).findings(of: SetOperatorOnClaim()).isEmpty)
    }

    @Test(
        "nothing is mended that would let in more, or that would be there twice",
        arguments: [
            #""ForAnyValue:StringNotLike": {"gh:sub": "a*"}"#,
            #""ForAllValues:StringEquals": {"gh:ref": "a"}, "StringEquals": {"gh:aud": "b"}"#,
            #""ForAllValues:StringLike": {"gh:ref": "a"}, "ForAnyValue:StringLike": {"gh:sub": "b"}"#,
            #""ForAllValues:StringLike": {"gh:ref": "a", "aws:TagKeys": "b"}"#,
        ]
    )
    func unmended(test: String) throws {
        let found = try SetOperatorOnClaim().findings(in: TrustDraft.trust(test).subject())
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.fix == nil })
    }

    @Test("nothing is mended in a statement that denies, or in a text that is JSON again")
    func elsewhere() throws {
        let trust = TrustDraft.trust(#""ForAllValues:StringLike": {"gh:sub": "a*"}"#)
        let deny = TrustDraft(trust.text.replacing("Allow", with: "Deny"))
        #expect(try SetOperatorOnClaim().findings(in: deny.subject()).allSatisfy { $0.fix == nil })
        let quoted = trust.text.replacing("\"", with: "\\\"")
        let found = try SetOperatorOnClaim().findings(in: TrustDraft("{\"policy\": \"\(quoted)\"}").subject())
        #expect(found.count == 1)
        #expect(found.allSatisfy { $0.fix == nil })
    }
}
