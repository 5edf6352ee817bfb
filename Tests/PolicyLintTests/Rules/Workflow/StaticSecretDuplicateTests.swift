import PolicyLint
import Testing

@Suite("W08 static-secret-duplicate")
struct StaticSecretDuplicateTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    #"on: push\#njobs:\#n  d:\#n    steps: [{ run: exec inject -- make }, { run: make, env: { KEY: '${{ secrets.KEY }}' } }]\#n"#
            ]), #"static-secret-duplicate «'${{ secrets.KEY }}'»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    #"on: push\#njobs:\#n  d:\#n    steps: [{ run: exec inject -- make }, { run: make, with: { all: 'a${{secrets.KEY}}b' } }]\#n"#
            ]), #"static-secret-duplicate «'a${{secrets.KEY}}b'»"#
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml":
                #"on: push\#njobs:\#n  d:\#n    steps: [{ run: exec inject -- make }, { env: { KEY: '${{ secrets.KEY_2 }}' } }]\#n"#
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                #"on: push\#njobs:\#n  d:\#n    steps: [{ env: { KEY: '${{ secrets.KEY }}' } }]\#n"#
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: StaticSecretDuplicate()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: StaticSecretDuplicate()).isEmpty)
    }
}
