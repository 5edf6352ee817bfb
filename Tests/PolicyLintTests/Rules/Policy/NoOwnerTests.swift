import PolicyLint
import Testing

@Suite("P15 no-owner")
struct NoOwnerTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.locked("event_name: push, environment: prod"), #"no-owner «KEY»"#)
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: NoOwner()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: NoOwner()).isEmpty)
    }
}
