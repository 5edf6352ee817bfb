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
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    steps: [{ run: inject -- make, env: { A: \"${{ secrets['KEY'] }}\" } }]\n"
            ]), #"static-secret-duplicate «"${{ secrets['KEY'] }}"»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\nenv: { A: '${{ Secrets.key }}' }\njobs:\n  d:\n    steps: [{ run: inject -- make }]\n"
            ]), "static-secret-duplicate «'${{ Secrets.key }}'»"
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

    @Test("the copy is removed from the step that runs inject, and only there")
    func fix() throws {
        let head = "on: push\njobs:\n  d:\n    steps:\n      - run: inject -- make\n        env:\n          A: b\n"
        let copy = "          KEY: ${{ secrets.KEY }}\n"
        let other = "      - run: make\n        env:\n          A: b\n" + copy
        let draft = LintDraft(files: [".github/workflows/a.yml": head + copy + other])
        let findings = StaticSecretDuplicate().findings(in: draft.subject)
        #expect(findings.count == 2)
        let source = try #require(findings.first?.fix?.source)
        let bytes = LintFix.applied(findings.compactMap(\.fix), to: source).bytes
        #expect(String(decoding: bytes, as: UTF8.self) == head + other)
    }
}
