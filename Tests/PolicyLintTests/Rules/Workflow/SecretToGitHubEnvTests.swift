import PolicyLint
import Testing

@Suite("W10 secret-to-github-env")
struct SecretToGitHubEnvTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    #"on: push\#njobs:\#n  d:\#n    steps: [{ run: 'inject -- sh -c "echo K=$KEY >> $GITHUB_ENV"' }]\#n"#
            ]), #"secret-to-github-env «'inject -- sh -c "echo K=$KEY >> $GITHUB_ENV"'»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    #"on: push\#njobs:\#n  d:\#n    steps: [{ run: exec inject -- make }, { run: 'echo ${KEY} >> ${GITHUB_OUTPUT}' }]\#n"#
            ]), #"secret-to-github-env «'echo ${KEY} >> ${GITHUB_OUTPUT}'»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    steps:\n      - uses: acme/inject/action@x\n        with: { run: 'echo K=$KEY >>$GITHUB_ENV' }\n"
            ]), "secret-to-github-env «'echo K=$KEY >>$GITHUB_ENV'»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml":
                #"on: push\#njobs:\#n  d:\#n    steps: [{ run: exec inject -- make }, { run: 'echo $KEY_ID KEY=1 >> $GITHUB_ENV' }]\#n"#
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                #"on: push\#njobs:\#n  d:\#n    steps: [{ run: exec inject -- make }, { run: 'echo $KEY' }]\#n"#
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                #"on: push\#njobs:\#n  d:\#n    steps: [{ run: 'echo $KEY >> $GITHUB_ENV' }]\#n"#
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: SecretToGitHubEnv()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: SecretToGitHubEnv()).isEmpty)
    }
}
