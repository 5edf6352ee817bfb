import PolicyLint
import Testing

@Suite("P05 mutable-workflow-ref")
struct MutableWorkflowRefTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft.when("job_workflow_ref: acme/ci/.github/workflows/a.yml@refs/tags/v1"),
            #"mutable-workflow-ref «acme/ci/.github/workflows/a.yml@refs/tags/v1»"#
        ),
        (
            LintDraft.when("job_workflow_ref: \"acme/ci/.github/workflows/a.yml@refs/**\""),
            #"mutable-workflow-ref «"acme/ci/.github/workflows/a.yml@refs/**"»"#
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.when("job_workflow_ref: acme/ci/.github/workflows/a.yml@0123456789abcdef0123456789abcdef01234567"),
        LintDraft.when("job_workflow_ref: acme/shop/.github/workflows/a.yml@refs/heads/main"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: MutableWorkflowRef()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: MutableWorkflowRef()).isEmpty)
    }
}
