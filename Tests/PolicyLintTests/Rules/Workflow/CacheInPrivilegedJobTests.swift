import PolicyLint
import Testing

@Suite("W13 cache-in-privileged-job")
struct CacheInPrivilegedJobTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(
                environment: "protected: \"true\"",
                grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
                files: [
                    ".github/workflows/a.yml":
                        "on: push\njobs:\n  d:\n    environment: prod\n    steps:\n      - uses: actions/cache@v4\n      - run: inject -- make\n"
                ]), "cache-in-privileged-job «actions/cache@v4»"
        ),
        (
            LintDraft(
                environment: "protected: \"true\"",
                grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
                files: [
                    ".github/workflows/a.yml":
                        "on: push\njobs:\n  d:\n    environment: prod\n    steps:\n      - uses: actions/cache/restore@v4\n      - run: inject -- make\n"
                ]), "cache-in-privileged-job «actions/cache/restore@v4»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
            files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    environment: prod\n    steps:\n      - uses: actions/cache/save@v4\n      - run: inject -- make\n"
            ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    environment: prod\n    steps:\n      - uses: actions/cache@v4\n      - run: inject -- make\n"
        ]),
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
            files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    environment: dev\n    steps:\n      - uses: actions/cache@v4\n      - run: inject -- make\n"
            ]),
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
            files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    environment: prod\n    steps:\n      - uses: actions/cache@v4\n      - run: make\n"
            ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: CacheInPrivilegedJob()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: CacheInPrivilegedJob()).isEmpty)
    }
}
