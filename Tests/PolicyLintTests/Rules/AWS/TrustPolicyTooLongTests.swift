import PolicyLint
import Testing

@Suite("A10 trust-policy-too-long")
struct TrustPolicyTooLongTests {
    static let bad: [(TrustDraft, String)] = [
        (
            TrustDraft.trust(#""StringEquals": {"gh:ref": ["\#(String(repeating: "a", count: 2000))"]}"#),
            "trust-policy-too-long «Statement»"
        ),
        (
            TrustDraft.trust(#""StringEquals": {"gh:ref": ["\#(String(repeating: "a", count: 5000))"]}"#),
            "trust-policy-too-long «Statement»"
        ),
    ]

    static let good: [TrustDraft] = [
        TrustDraft.good,
        TrustDraft.trust(#""StringEquals": {"gh:ref": ["\#(String(repeating: "a", count: 1500))"]}"#),
        TrustDraft(TrustDraft.good.text.replacing(": ", with: ": " + String(repeating: " ", count: 500))),
        TrustDraft.permission("s3:GetObject", on: String(repeating: "a", count: 3000)),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: TrustDraft, expected: String) throws {
        #expect(try draft.findings(of: TrustPolicyTooLong()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: TrustDraft) throws {
        #expect(try draft.findings(of: TrustPolicyTooLong()).isEmpty)
    }
}
