import PolicyLint
import Testing

@Suite("W02 id-token-too-wide")
struct IDTokenTooWideTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\npermissions: { id-token: write }\njobs:\n  d:\n    steps:\n      - run: inject -- make\n  t:\n    steps:\n      - run: make\n"
            ]), "id-token-too-wide «write»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\npermissions: write-all\njobs:\n  d:\n    steps:\n      - run: inject -- make\n  t:\n    steps:\n      - run: make\n"
            ]), "id-token-too-wide «write-all»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\npermissions: { id-token: write }\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\npermissions: { id-token: write }\njobs:\n  d:\n    steps:\n      - run: inject -- make\n  t:\n    permissions: {}\n    steps:\n      - run: make\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\npermissions: { id-token: write }\njobs:\n  t:\n    steps:\n      - run: make\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\npermissions: { id-token: write }\njobs:\n  d:\n    steps:\n      - run: inject -- make\n  t:\n    steps:\n      - uses: azure/login@v2\n"
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: IDTokenTooWide()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: IDTokenTooWide()).isEmpty)
    }
}
