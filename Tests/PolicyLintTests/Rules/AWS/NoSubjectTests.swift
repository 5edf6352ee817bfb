import PolicyLint
import Testing

@Suite("A01 no-sub")
struct NoSubjectTests {
    static let bad: [(TrustDraft, String)] = [
        (TrustDraft.trust(#""StringEquals": {"gh:aud": "sts.amazonaws.com"}"#), "no-sub «Deploy»"),
        (
            TrustDraft.trust(#""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "*"}"#),
            "no-sub «Deploy»"
        ),
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:*:ref:refs/heads/main"}"#
            ), "no-sub «Deploy»"
        ),
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "ForAllValues:StringLike": {"gh:sub": "repo:acme/shop:*"}"#
            ), "no-sub «Deploy»"
        ),
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringEqualsIfExists": {"gh:repository": "acme/shop"}"#
            ), "no-sub «Deploy»"
        ),
        (
            TrustDraft.trust(
                #""StringEquals": {"gh:aud": "sts.amazonaws.com", "gh:environment": "prod", "gh:job_workflow_ref": "a/b/.github/workflows/c.yml@d"}"#
            ), "no-sub «Deploy»"
        ),
        (TrustDraft.trust(#""StringNotLike": {"gh:sub": "repo:evil/*"}"#), "no-sub «Deploy»"),
    ]

    static let good: [TrustDraft] = [
        TrustDraft.good,
        TrustDraft.trust(
            #""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme/shop:*"}"#),
        TrustDraft.trust(#""StringEquals": {"gh:aud": "sts.amazonaws.com"}, "StringLike": {"gh:sub": "repo:acme/*"}"#),
        TrustDraft.trust(#""StringEquals": {"gh:repository": "acme/shop"}"#),
        TrustDraft.permission("s3:GetObject", on: "*"),
        TrustDraft(
            #"{"Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}"#
        ),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: TrustDraft, expected: String) throws {
        #expect(try draft.findings(of: NoSubject()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: TrustDraft) throws {
        #expect(try draft.findings(of: NoSubject()).isEmpty)
    }
}
