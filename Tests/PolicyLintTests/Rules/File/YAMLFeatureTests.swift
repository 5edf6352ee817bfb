import PolicyLint
import Testing

@Suite("Y02 yaml-feature")
struct YAMLFeatureTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("event_name: &x push"), #"yaml-anchor «&x push»"#),
        (LintDraft.when("event_name: *x"), #"yaml-anchor «*x»"#),
        (LintDraft.when("<<: {a: b}"), #"yaml-merge-key «<<»"#),
        (LintDraft.when("event_name: !!str push"), #"yaml-tag «!!str push»"#),
        (LintDraft(rest: "---\na: b"), #"yaml-several-documents «---»"#),
        (LintDraft.when("[a]: b"), #"yaml-complex-key «[»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: YAMLFeature()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: YAMLFeature()).isEmpty)
    }
}
