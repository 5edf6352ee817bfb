import PolicyLint
import Testing

@Suite("W07 secrets-inherit")
struct SecretsInheritTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ run: exec inject -- make }]\n  e: { uses: ./.github/workflows/b.yml, secrets: inherit }\n"
            ]), #"secrets-inherit «inherit»"#
        )
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    uses: ./.github/workflows/b.yml\n    secrets: inherit\n"
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: SecretsInherit()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: SecretsInherit()).isEmpty)
    }
}
