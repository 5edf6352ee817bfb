import PolicyLint
import Testing

@Suite("Y06 too-big")
struct TooBigTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(rest: String(repeating: "#", count: 300_000)), #"yaml-too-large inject.yaml:1"#)
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: TooBig()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: TooBig()).isEmpty)
    }
}
