import PolicyLint
import Testing

@Suite("Y03 ambiguous-scalar")
struct AmbiguousScalarTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(environment: "protected: true"), #"ambiguous-scalar «true»"#),
        (LintDraft(environment: "local: No"), #"ambiguous-scalar «No»"#),
        (LintDraft(head: "repository: a/b\nrepository_id: 0456"), #"ambiguous-scalar «0456»"#),
        (LintDraft.when("sha: 1e3"), #"ambiguous-scalar «1e3»"#),
        (LintDraft.when("workflow: 1:20"), #"ambiguous-scalar «1:20»"#),
        (LintDraft.when("workflow: 0x1F"), #"ambiguous-scalar «0x1F»"#),
        (LintDraft.when("workflow: 2026-11-24"), #"ambiguous-scalar «2026-11-24»"#),
        (LintDraft.when("workflow: ~"), #"ambiguous-scalar «~»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.when("workflow: 'yes'"),
        LintDraft.when("workflow: 15m"),
        LintDraft.when("workflow: on-call"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: AmbiguousScalar()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: AmbiguousScalar()).isEmpty)
    }
}
