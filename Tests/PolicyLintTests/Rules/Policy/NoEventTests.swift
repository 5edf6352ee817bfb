import PolicyLint
import Testing

@Suite("P07 no-event")
struct NoEventTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("ref: refs/heads/main"), #"no-event «a»"#)
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: NoEvent()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: NoEvent()).isEmpty)
    }
}
