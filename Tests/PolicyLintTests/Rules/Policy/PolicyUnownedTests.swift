import PolicyLint
import Testing

@Suite("P18 policy-unowned")
struct PolicyUnownedTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(files: [".github/CODEOWNERS": "/src @a\n"]), #"policy-unowned .github/CODEOWNERS:1"#),
        (
            LintDraft(head: "repository: a/b\nowners: \"@b\"", files: ["CODEOWNERS": "* @b\n/inject.yaml @a\n"]),
            #"policy-unowned CODEOWNERS:1"#
        ),
        (
            LintDraft(path: "a/b/inject.yaml", files: ["CODEOWNERS": "/* @a\n/a/* @a\n/b/ @a\n"]),
            "policy-unowned CODEOWNERS:1"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(path: "a/b/inject.yaml", files: ["CODEOWNERS": "/a/ @a\n"]),
        LintDraft(path: "a/b/inject.yaml", files: ["CODEOWNERS": "/a/b/* @a\n"]),
        LintDraft(path: "a/b/inject.yaml", files: ["CODEOWNERS": "inject.yaml @a\n"]),
        LintDraft(),
        LintDraft(files: ["CODEOWNERS": "* @a\n"]),
        LintDraft(head: "repository: a/b\nowners: \"@b\"", files: ["docs/CODEOWNERS": "/inject.yaml @a @b # x\n"]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: PolicyUnowned()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: PolicyUnowned()).isEmpty)
    }
}
