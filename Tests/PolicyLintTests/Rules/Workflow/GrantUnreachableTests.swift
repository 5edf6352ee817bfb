import PolicyLint
import Testing

@Suite("W04 grant-unreachable-by-workflow")
struct GrantUnreachableTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(
                grants: "- { id: s, when: { event_name: schedule }, read: KEY }",
                files: [".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"]),
            "grant-unreachable-by-workflow «s»"
        ),
        (
            LintDraft(
                grants: "- { id: s, when: { event_name: push, ref: refs/heads/dev }, read: KEY }",
                files: [
                    ".github/workflows/a.yml":
                        "on: { push: { branches: [main] } }\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"
                ]), "grant-unreachable-by-workflow «s»"
        ),
        (
            LintDraft(
                grants: "- { id: s, when: { event_name: push, ref: \"refs/tags/v*\" }, read: KEY }",
                files: [
                    ".github/workflows/a.yml":
                        "on: { push: { branches: [main] } }\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"
                ]), "grant-unreachable-by-workflow «s»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(
            grants: "- { id: s, when: { event_name: push, ref: refs/heads/main }, read: KEY }",
            files: [
                ".github/workflows/a.yml":
                    "on: { push: { branches: [main] } }\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"
            ]),
        LintDraft(
            grants: "- { id: s, when: { event_name: push, ref: \"refs/heads/*\" }, read: KEY }",
            files: [
                ".github/workflows/a.yml":
                    "on: { push: { branches: [main] } }\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"
            ]),
        LintDraft(files: [".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"]
        ),
        LintDraft(files: [".github/workflows/a.yml": "on: schedule\njobs:\n  d:\n    steps:\n      - run: make\n"]),
        LintDraft(
            grants: "- { id: s, when: { event_name: schedule }, read: KEY }",
            files: [
                ".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: inject -- make\n",
                ".github/workflows/b.yml": "[]",
            ]),
        LintDraft(
            grants:
                "- { id: s, when: { event_name: schedule, repository: acme/web, repository_id: \"7\" }, read: KEY }",
            files: [".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: GrantUnreachable()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: GrantUnreachable()).isEmpty)
    }
}
