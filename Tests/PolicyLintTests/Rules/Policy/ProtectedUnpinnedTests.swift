import PolicyLint
import Testing

@Suite("P21 protected-unpinned")
struct ProtectedUnpinnedTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.locked("ref: refs/heads/main, environment: prod"), #"policy-protected «a»"#)
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.locked("event_name: push, environment: prod"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: ProtectedUnpinned()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: ProtectedUnpinned()).isEmpty)
    }
}
