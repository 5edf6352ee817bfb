import PolicyLint
import Testing

@Suite("A13 trusted-jobs")
struct TrustedJobsTests {
    static let bad: [(TrustDraft, String)] = [
        (TrustDraft.good, "trusted-jobs «Deploy»"),
        (TrustDraft.trust(#""StringEquals": {"gh:sub": "nonsense"}"#), "trusted-jobs «Deploy»"),
    ]

    static let good: [TrustDraft] = [
        TrustDraft.permission("s3:GetObject", on: "*")
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: TrustDraft, expected: String) throws {
        #expect(try draft.findings(of: TrustedJobs()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: TrustDraft) throws {
        #expect(try draft.findings(of: TrustedJobs()).isEmpty)
    }

    @Test("each kind of token is shown with the shortest one of it")
    func tokens() throws {
        let draft = TrustDraft.trust(#""StringLike": {"gh:sub": "repo:acme/shop:ref:refs/tags/*"}"#)
        #expect(
            try draft.notes(of: TrustedJobs()) == [
                "tag: event_name=push ref=refs/tags/a repository=acme/shop sub=repo:acme/shop:ref:refs/tags/a"
            ])
    }

    @Test("a statement that denies takes away what it is sure to deny")
    func denials() throws {
        let sub = #""StringEquals": {"gh:sub": "repo:acme/shop:pull_request"}"#
        let deny = { (ref: String) in
            let text = TrustDraft.trust(#""StringLike": {"gh:ref": "\#(ref)"}"#).text
            return "," + text.dropFirst("{\"Statement\": [".count).dropLast(2).replacing("Allow", with: "Deny")
        }
        let all = try TrustDraft.trust(sub).notes(of: TrustedJobs()).map { $0.prefix { $0 != ":" } }
        #expect(all == ["pull request", "merged pull request", "pull request target", "GitHub's own workflow"])
        let rest = try TrustDraft.trust(sub, more: deny("refs/heads/*")).notes(of: TrustedJobs())
        #expect(rest.map { $0.prefix { $0 != ":" } } == ["pull request"])
        #expect(try TrustDraft.trust(sub, more: deny("*")).notes(of: TrustedJobs()).isEmpty)
        #expect(try TrustDraft.trust(sub, more: deny("${aws:x}")).notes(of: TrustedJobs()).count == 4)
    }

    @Test("policies are found in what tools write", arguments: files)
    func wrapped(draft: TrustDraft) throws {
        #expect(try draft.findings(of: NoSubject()).count == 1)
        #expect(try draft.findings(of: TrustedJobs()).count == 1)
    }

    private static let files: [TrustDraft] = [
        TrustDraft(
            #"{"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": \#(open)}}}}"#),
        TrustDraft(#"{"Role": {"RoleName": "r", "AssumeRolePolicyDocument": \#(open)}}"#),
        TrustDraft(
            #"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "\#(open.replacing("\"", with: "\\\""))"}}}}"#),
        TrustDraft(
            open.replacing(#""arn:aws:iam::111122223333:oidc"#, with: #"{"Fn::Sub": "arn:aws:iam::${A}:oidc"#)
                .replacing(#".com"}, "Action""#, with: #".com"}}, "Action""#)),
        TrustDraft(
            open.replacing(
                #""arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com""#,
                with: #"{"Ref": "Provider"}"#)),
        TrustDraft(
            #"{"data": {"aws_iam_policy_document": {"t": {"statement": {"actions": ["sts:AssumeRoleWithWebIdentity"], "#
                + #""principals": {"type": "Federated", "identifiers": ["${aws_iam_openid_connect_provider.github.arn}"]}, "#
                + #""condition": [{"test": "StringEquals", "variable": "token.actions.githubusercontent.com:aud", "#
                + #""values": ["sts.amazonaws.com"]}]}}}}}"#),
    ]

    private static let open = TrustDraft.trust(TrustDraft.audience).text
}
