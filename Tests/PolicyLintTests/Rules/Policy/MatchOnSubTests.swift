import PolicyLint
import Testing

@Suite("P02 match-on-sub")
struct MatchOnSubTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("sub: x"), #"policy-unmatchable-claim «sub»"#)
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: MatchOnSub()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: MatchOnSub()).isEmpty)
    }
}
