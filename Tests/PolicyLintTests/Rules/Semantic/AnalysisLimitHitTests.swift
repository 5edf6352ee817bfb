import PolicyLint
import Testing

@Suite("S13 analysis-limit")
struct AnalysisLimitHitTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("event_name: push, ref: [" + stars + "]"), "analysis-limit «prod»")
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: AnalysisLimitHit()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: AnalysisLimitHit()).isEmpty)
    }

    /// Each pattern remembers where it is in its stars, and the places multiply.
    private static let stars = (0..<24).map { "\"refs/heads/*\(String(repeating: "a", count: $0))b*c*d*\"" }.joined(
        separator: ", ")
}
