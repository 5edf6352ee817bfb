import PolicyLint
import Testing

@Suite("P11 break-glass-unbounded")
struct BreakGlassUnboundedTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.grant("reason: x, when: { environment: e }"), #"policy-break-glass «a»"#)
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: BreakGlassUnbounded()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: BreakGlassUnbounded()).isEmpty)
    }
}
