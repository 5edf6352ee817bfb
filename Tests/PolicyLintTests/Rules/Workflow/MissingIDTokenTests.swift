import PolicyLint
import Testing

@Suite("W01 missing-id-token")
struct MissingIDTokenTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps: [{ run: exec inject -- make }]\n"
            ]), #"missing-id-token «d»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\npermissions: { id-token: write }\njobs:\n  d:\n    permissions: {}\n    steps: [{ run: exec inject -- make }]\n"
            ]), #"missing-id-token «d»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps: [{ uses: acme/inject/action@x }]\n"
            ]), #"missing-id-token «d»"#
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ run: exec inject -- make }]\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\npermissions: write-all\njobs:\n  d:\n    steps: [{ run: exec inject -- make }]\n"
        ]),
        LintDraft(files: [".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps: [{ run: inject lint }]\n"]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    steps: [{ run: inject test }, { run: inject diff main }]\n"
        ]),
        LintDraft(files: [".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps: [{ run: echo inject }]\n"]),
        LintDraft(files: [
            ".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps: [{ uses: acme/inject/action/lint@x }]\n"
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: MissingIDToken()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: MissingIDToken()).isEmpty)
    }

    private static func called(_ caller: String, _ own: String) -> LintDraft {
        LintDraft(files: [
            ".github/workflows/a.yml": "on: push\njobs:\n  c:\n    uses: ./.github/workflows/b.yml\n\(caller)",
            ".github/workflows/b.yml": "on: workflow_call\njobs:\n  d:\n\(own)    steps: [{ run: inject -- make }]\n",
        ])
    }

    @Test("a called job has what its caller hands on, and not more")
    func calls() {
        let write = "    permissions: { id-token: write }\n"
        #expect(Self.called("", write).findings(of: MissingIDToken()) == ["missing-id-token «c»"])
        #expect(Self.called(write, "    permissions: {}\n").findings(of: MissingIDToken()) == ["missing-id-token «d»"])
        #expect(Self.called(write, "").findings(of: MissingIDToken()).isEmpty)
        #expect(Self.called(write, write).findings(of: MissingIDToken()).isEmpty)
    }
}
