import Diagnostics
import PolicyLint
import Testing

@Suite("W16 workflow-call")
struct WorkflowCallFaultTests {
    /// Workflows of which each calls the next one, so many times.
    private static func chain(_ calls: Int) -> [String: String] {
        var files = [
            ".github/workflows/l\(calls).yml": "on: workflow_call\njobs:\n  d:\n    steps:\n      - run: make\n"
        ]
        for number in 0..<calls {
            let trigger = number == 0 ? "push" : "workflow_call"
            files[".github/workflows/l\(number).yml"] =
                "on: \(trigger)\njobs:\n  c:\n    uses: ./.github/workflows/l\(number + 1).yml\n"
        }
        return files
    }

    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml": "on: workflow_call\njobs:\n  c:\n    uses: ./.github/workflows/a.yml\n"
            ]), "workflow-call «./.github/workflows/a.yml»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml": "on: push\njobs:\n  c:\n    uses: ./.github/workflows/none.yml\n"
            ]), "workflow-call «./.github/workflows/none.yml»"
        ),
        (
            LintDraft(files: chain(10)), "workflow-call «./.github/workflows/l10.yml»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: chain(9)),
        LintDraft(files: [
            ".github/workflows/a.yml": "on: push\njobs:\n  c:\n    uses: acme/ci/.github/workflows/a.yml@v1\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml": "on: push\njobs:\n  c:\n    uses: ./.github/workflows/b.yml\n",
            ".github/workflows/b.yml": "on: workflow_call\njobs:\n  d:\n    steps:\n      - run: make\n",
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: WorkflowCallFault()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: WorkflowCallFault()).isEmpty)
    }

    @Test("a circle is told from where it begins, once for each call of it")
    func circle() {
        let call = { (name: String) in "on: workflow_call\njobs:\n  c:\n    uses: ./.github/workflows/\(name).yml\n" }
        let draft = LintDraft(files: [
            ".github/workflows/a.yml": call("b"), ".github/workflows/b.yml": call("a"),
            ".github/workflows/r.yml": call("a").replacing("workflow_call", with: "push"),
        ])
        let notes = WorkflowCallFault().findings(in: draft.subject).flatMap(\.diagnostic.remarks).compactMap { remark in
            if case .note(let text) = remark { text } else { nil }
        }
        #expect(
            notes == [
                ".github/workflows/a.yml calls .github/workflows/b.yml calls .github/workflows/a.yml",
                ".github/workflows/b.yml calls .github/workflows/a.yml calls .github/workflows/b.yml",
            ])
    }

    @Test("calls that multiply end at a budget, and that is said")
    func budget() {
        var files: [String: String] = [:]
        for level in 0..<9 {
            let jobs = (0..<8).map { "  c\($0):\n    uses: ./.github/workflows/l\(level + 1).yml\n" }.joined()
            files[".github/workflows/l\(level).yml"] = "on: \(level == 0 ? "push" : "workflow_call")\njobs:\n\(jobs)"
        }
        files[".github/workflows/l9.yml"] = "on: workflow_call\njobs:\n  d:\n    steps: [{ run: make }]\n"
        let findings = WorkflowCallFault().findings(in: LintDraft(files: files).subject)
        #expect(!findings.isEmpty)
        #expect(findings.allSatisfy { $0.diagnostic.message.contains("more than 2000 times") })
    }
}
