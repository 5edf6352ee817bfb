import PolicyLint
import Testing

@Suite("Y08 invalid-policy")
struct InvalidPolicyTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(whole: "[]"), #"policy-wrong-kind «[]»"#),
        (LintDraft.grant("when: { event_name: push }, ttl: forever"), #"policy-bad-value «forever»"#),
        (LintDraft(whole: LintDraft().text.replacing("\"1\"", with: "\"2\"")), #"policy-bad-value «"2"»"#),
        (LintDraft(secrets: "KEY: { from: key }"), #"policy-reference «key»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: InvalidPolicy()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: InvalidPolicy()).isEmpty)
    }
}
