import PolicyLint
import Testing

@Suite("S04 pr-target-with-secret")
struct PRTargetWithSecretTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("event_name: issue_comment, ref: refs/heads/main"), #"pr-target-with-secret «issue_comment»"#),
        (LintDraft.when("event_name: \"pull_request*\""), #"pr-target-with-secret «"pull_request*"»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: PRTargetWithSecret()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: PRTargetWithSecret()).isEmpty)
    }
}
