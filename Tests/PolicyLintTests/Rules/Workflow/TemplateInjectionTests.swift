import PolicyLint
import Testing

@Suite("W11 template-injection")
struct TemplateInjectionTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ run: 'inject -- echo ${{ github.event.issue.title }}' }]\n"
            ]), #"template-injection «'inject -- echo ${{ github.event.issue.title }}'»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ run: 'inject -- echo ${{github.head_ref}}' }]\n"
            ]), #"template-injection «'inject -- echo ${{github.head_ref}}'»"#
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ run: 'inject -- echo ${{ github.sha }}' }]\n"
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: TemplateInjection()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: TemplateInjection()).isEmpty)
    }
}
