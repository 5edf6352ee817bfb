import PolicyLint
import Testing

@Suite("Y07 invalid-yaml")
struct InvalidYAMLTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(whole: ""), #"yaml-empty inject.yaml:1"#),
        (LintDraft(whole: "a: b: c"), #"yaml-syntax «:»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: InvalidYAML()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: InvalidYAML()).isEmpty)
    }
}
