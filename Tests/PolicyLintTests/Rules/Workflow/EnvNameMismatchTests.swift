import PolicyLint
import Testing

@Suite("W14 env-name-mismatch")
struct EnvNameMismatchTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(
                grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
                files: [
                    ".github/workflows/a.yml":
                        "on: push\njobs:\n  d:\n    environment: Prod\n    steps:\n      - run: inject -- make\n"
                ]), "env-name-mismatch «Prod»"
        ),
        (
            LintDraft(
                grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
                files: [
                    ".github/workflows/a.yml":
                        "on: push\njobs:\n  d:\n    environment: { name: PROD, url: x }\n    steps:\n      - run: inject -- make\n"
                ]), "env-name-mismatch «PROD»"
        ),
        (
            LintDraft(
                grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
                files: [
                    ".github/workflows/a.yml":
                        "on: push\njobs:\n  d:\n    environment: '${{ inputs.e }}'\n    steps:\n      - run: inject -- make\n"
                ]), "env-name-mismatch «'${{ inputs.e }}'»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
            files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    environment: prod\n    steps:\n      - run: inject -- make\n"
            ]),
        LintDraft(
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
            files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    environment: other\n    steps:\n      - run: inject -- make\n"
            ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    environment: Prod\n    steps:\n      - run: inject -- make\n"
        ]),
        LintDraft(
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
            files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    environment: Prod\n    steps:\n      - run: make\n"
            ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: EnvNameMismatch()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: EnvNameMismatch()).isEmpty)
    }
}
