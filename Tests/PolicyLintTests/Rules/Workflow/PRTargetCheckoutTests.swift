import PolicyLint
import Testing

@Suite("W06 pr-target-checkout")
struct PRTargetCheckoutTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: pull_request_target\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ uses: ./c, with: { ref: '${{ github.event.pull_request.head.sha }}' } }, { run: inject -- make }]\n"
            ]), #"pr-target-checkout «'${{ github.event.pull_request.head.sha }}'»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: [push, issue_comment]\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ uses: ./c, with: { ref: 'refs/pull/1/merge' } }, { run: inject -- make }]\n"
            ]), #"pr-target-checkout «'refs/pull/1/merge'»"#
        ),
        (checkout("${{ github.event.pull_request.merge_commit_sha }}"), mergeCommit),
    ]

    private static let mergeCommit = "pr-target-checkout «'${{ github.event.pull_request.merge_commit_sha }}'»"

    private static func checkout(_ ref: String) -> LintDraft {
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: pull_request_target\njobs:\n  d:\n    steps: [{ uses: ./c, with: { ref: '\(ref)' } }, { run: inject -- make }]\n"
        ])
    }

    static let good: [LintDraft] = [
        LintDraft(),
        checkout("refs/heads/main"),
        checkout("${{ inputs.ref || ''refs/heads/main'' }}"),
        checkout("${{ github.event.pull_request.base.sha }}"),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ uses: ./c, with: { ref: '${{ github.head_ref }}' } }, { run: inject -- make }]\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: pull_request_target\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ uses: ./c, with: { ref: 'main' } }, { run: inject -- make }]\n"
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: PRTargetCheckout()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: PRTargetCheckout()).isEmpty)
    }
}
