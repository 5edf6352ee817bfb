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

    private static func script(_ script: String) -> LintDraft {
        let lines = script.split(separator: "\n").map { "          \($0)\n" }.joined()
        return LintDraft(files: [
            ".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: |\n\(lines)"
        ])
    }

    @Test(
        "a call is seen wherever a shell runs one",
        arguments: [
            "if ! inject -- make; then exit 1; fi", "time inject -- make", "time -p inject -- make", "(inject -- make)",
            "{ inject -- make; }", "x=$(inject -- make)", "x=\"$(inject -- make)\"", "x=`inject -- make`",
            "timeout 60 inject -- make", "timeout -k 5 60 inject -- make", "sudo -E inject -- make",
            "sudo -u ci inject -- make", "env A=b inject -- make", "FOO=\"a b\" inject -- make",
            "exec \"inject\" -- make", "\"$HOME/bin/inject\" -- make", "inject \\\n  --only KEY \\\n  -- make",
            "bash -ec 'cd app; inject -- make'", "make && inject -- make", "cat <<E\ndon't\nE\ninject -- make",
            "case $1 in\na) inject -- make ;;\nesac", "inject -- make --help",
        ]
    )
    func seen(script: String) {
        #expect(Self.script(script).findings(of: MissingIDToken()) == ["missing-id-token «d»"])
    }

    @Test(
        "what needs no token, and what is no call, is none",
        arguments: [
            "inject audit verify audit.log", "inject import aws trust.json", "inject token fake --claim a=b",
            "inject help run", "inject -h", "inject run --help", "inject --version", "# inject -- make",
            "echo \"(inject -- make)\"", "echo $(date) inject", "make \\\n  inject",
        ]
    )
    func unseen(script: String) {
        #expect(Self.script(script).findings(of: MissingIDToken()).isEmpty)
    }

    /// A workflow with a job that runs inject, as the fix leaves it; nil where there is none.
    private static func mended(_ workflow: String) -> String? {
        let subject = LintDraft(files: [".github/workflows/a.yml": workflow]).subject
        let fixes = MissingIDToken().findings(in: subject).compactMap(\.fix)
        return fixes.first.map { String(decoding: LintFix.applied(fixes, to: $0.source).bytes, as: UTF8.self) }
    }

    private static let run = "    steps: [{ run: inject -- make }]\n"

    @Test(
        "the job's own list gets the permission",
        arguments: [
            ("permissions: {}", "permissions: { id-token: write }"),
            ("permissions: { contents: read }", "permissions: { contents: read, id-token: write }"),
            ("permissions: { id-token: none }", "permissions: { id-token: write }"),
            (
                "permissions:\n      contents: read  # code",
                "permissions:\n      contents: read  # code\n      id-token: write"
            ),
        ]
    )
    func ownList(own: String, mended: String) {
        let head = "on: push\njobs:\n  d:\n    "
        #expect(Self.mended(head + own + "\n" + Self.run) == head + mended + "\n" + Self.run)
    }

    @Test(
        "a copy of the workflow's list gets it, and no other job",
        arguments: [
            ("permissions: { contents: read }", "permissions: { contents: read, id-token: write }"),
            (
                "permissions:\n  contents: read\n  packages: write",
                "permissions: { contents: read, packages: write, id-token: write }"
            ),
        ]
    )
    func copiedList(list: String, copy: String) {
        let head = "on: push\n\(list)\njobs:\n  t: { steps: [{ run: make }] }\n  d:\n"
        #expect(Self.mended(head + Self.run) == head + "    \(copy)\n" + Self.run)
    }

    @Test(
        "nothing is mended where a list would take permissions away, or give them to others",
        arguments: [
            "on: push\njobs:\n  d:\n" + run,
            "on: push\njobs:\n  d:\n    permissions: read-all\n" + run,
            "on: push\npermissions: read-all\njobs:\n  d:\n" + run,
            "on: push\njobs:\n  d:\n    permissions: &p { contents: read }\n" + run + "  t:\n    permissions: *p\n"
                + "    steps: [{ run: make }]\n",
        ]
    )
    func unmended(workflow: String) {
        #expect(Self.mended(workflow) == nil)
    }
}
