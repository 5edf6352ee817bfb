import PolicyLint
import Testing

@Suite("W05 unpinned-action")
struct UnpinnedActionTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ uses: a/b@v1 }, { run: inject -- make }]\n"
            ]), #"unpinned-action «a/b@v1»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ uses: a/b }, { run: inject -- make }]\n"
            ]), #"unpinned-action «a/b»"#
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ uses: a/b@0123456789abcdef0123456789abcdef01234567 }, { run: inject -- make }]\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ uses: ./x }, { run: inject -- make }]\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ uses: $/x }, { run: inject -- make }]\n"
        ]),
        LintDraft(files: [".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps: [{ uses: a/b@v1 }]\n"]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: UnpinnedAction()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: UnpinnedAction()).isEmpty)
    }
}
