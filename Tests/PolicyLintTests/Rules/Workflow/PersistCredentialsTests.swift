import PolicyLint
import Testing

@Suite("W12 persist-credentials")
struct PersistCredentialsTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    #"on: push\#njobs:\#n  d:\#n    steps: [{ uses: actions/checkout@v4 }, { run: exec inject -- make }, { uses: actions/upload-artifact@v4 }]\#n"#
            ]), #"persist-credentials «actions/checkout@v4»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    #"on: push\#njobs:\#n  d:\#n    steps: [{ uses: actions/checkout@v4, with: { persist-credentials: true } }, { run: exec inject -- make }, { uses: actions/upload-artifact@v4 }]\#n"#
            ]), #"persist-credentials «actions/checkout@v4»"#
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml":
                #"on: push\#njobs:\#n  d:\#n    steps: [{ uses: actions/checkout@v4, with: { persist-credentials: false } }, { run: exec inject -- make }, { uses: actions/upload-artifact@v4 }]\#n"#
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                #"on: push\#njobs:\#n  d:\#n    steps: [{ uses: actions/checkout@v4 }, { run: exec inject -- make }]\#n"#
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                #"on: push\#njobs:\#n  d:\#n    steps: [{ uses: actions/checkout@v4 }, { uses: actions/upload-artifact@v4 }]\#n"#
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: PersistCredentials()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: PersistCredentials()).isEmpty)
    }

    @Test(
        "the checkout is told to forget the token, however it is written",
        arguments: [
            (
                "- uses: actions/checkout@v4\n      - uses: actions/upload-artifact@v4\n      - run: inject -- make",
                "- uses: actions/checkout@v4\n        with: { persist-credentials: false }\n      - uses: actions/upload-artifact@v4\n      - run: inject -- make"
            ),
            (
                "- name: a\n        uses: actions/checkout@v4  # v4\n        with:\n          fetch-depth: 0  # all\n      - uses: actions/upload-artifact@v4\n      - run: inject -- make",
                "- name: a\n        uses: actions/checkout@v4  # v4\n        with:\n          fetch-depth: 0  # all\n          persist-credentials: false\n      - uses: actions/upload-artifact@v4\n      - run: inject -- make"
            ),
            (
                "- { uses: actions/checkout@v4 }\n      - uses: actions/upload-artifact@v4\n      - run: inject -- make",
                "- { uses: actions/checkout@v4, with: { persist-credentials: false } }\n      - uses: actions/upload-artifact@v4\n      - run: inject -- make"
            ),
            (
                "- { uses: actions/checkout@v4, with: { persist-credentials: true } }\n      - uses: actions/upload-artifact@v4\n      - run: inject -- make",
                "- { uses: actions/checkout@v4, with: { persist-credentials: false } }\n      - uses: actions/upload-artifact@v4\n      - run: inject -- make"
            ),
        ]
    )
    func fix(steps: String, mended: String) throws {
        let head = "on: push\njobs:\n  d:\n    steps:\n      "
        let draft = LintDraft(files: [".github/workflows/a.yml": head + steps + "\n"])
        let fixes = PersistCredentials().findings(in: draft.subject).compactMap(\.fix)
        let source = try #require(fixes.first?.source)
        #expect(String(decoding: LintFix.applied(fixes, to: source).bytes, as: UTF8.self) == head + mended + "\n")
    }
}
