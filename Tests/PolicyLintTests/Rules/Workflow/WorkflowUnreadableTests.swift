import PolicyLint
import Testing

@Suite("W15 workflow-unreadable")
struct WorkflowUnreadableTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(files: [".github/workflows/a.yml": "[]"]), #"workflow-unreadable .github/workflows/a.yml:1"#),
        (LintDraft(files: [".github/workflows/a.yml": ""]), "workflow-unreadable .github/workflows/a.yml:1"),
        (LintDraft(files: [".github/workflows/a.yml": "a: b: c"]), #"workflow-unreadable «:»"#),
        (LintDraft(files: [".github/workflows/a.yml": "a: *a"]), #"workflow-unreadable «*a»"#),
        (LintDraft(files: [".github/workflows/a.yml": "a: \u{0}"]), "workflow-unreadable «\u{0}»"),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ run: exec inject -- make }]\n"
        ]),
        LintDraft(files: [".github/workflows/a.yml": "\u{FEFF}on: push\n"]),
        LintDraft(files: [".github/workflows/a.yml": "on: push\r\njobs: {}\r\n"]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: WorkflowUnreadable()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: WorkflowUnreadable()).isEmpty)
    }
}
