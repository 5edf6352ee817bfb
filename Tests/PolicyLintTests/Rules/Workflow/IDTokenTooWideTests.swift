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

    private static func mended(_ workflow: String) -> String? {
        let subject = LintDraft(files: [".github/workflows/a.yml": workflow]).subject
        let fixes = IDTokenTooWide().findings(in: subject).compactMap(\.fix)
        return fixes.first.map { String(decoding: LintFix.applied(fixes, to: $0.source).bytes, as: UTF8.self) }
    }

    private static let jobs = (
        deploy: "    steps: [{ run: inject -- make }]\n",
        test: "  t:\n    steps: [{ uses: actions/checkout@v4 }, { run: make }]\n"
    )

    @Test(
        "the permission moves to the jobs that need it",
        arguments: [
            ("permissions: { id-token: write }", "permissions: {}", "permissions: { id-token: write }"),
            (
                "permissions: { contents: read, id-token: write }", "permissions: { contents: read }",
                "permissions: { contents: read, id-token: write }"
            ),
            (
                "permissions:\n  id-token: write  # for inject\n  contents: read", "permissions:\n  contents: read",
                "permissions: { contents: read, id-token: write }"
            ),
        ]
    )
    func fix(list: String, rest: String, own: String) {
        let before = "on: push\n\(list)\njobs:\n  d:\n" + Self.jobs.deploy + Self.jobs.test
        let after = "on: push\n\(rest)\njobs:\n  d:\n    \(own)\n" + Self.jobs.deploy + Self.jobs.test
        #expect(Self.mended(before) == after)
    }

    @Test(
        "nothing is mended where another job may need the permission",
        arguments: [
            "  t:\n    steps: [{ uses: acme/publish@v1 }]\n",
            "  t:\n    steps: [{ run: 'curl $ACTIONS_ID_TOKEN_REQUEST_URL' }]\n",
            "  t:\n    steps: [{ run: 'call inject -- make' }]\n",
        ]
    )
    func unmended(other: String) {
        let head = "on: push\npermissions: { contents: read, id-token: write }\njobs:\n  d:\n"
        #expect(Self.mended(head + Self.jobs.deploy + other) == nil)
        #expect(Self.mended(head + Self.jobs.deploy + Self.jobs.test) != nil)
    }
}
