import PolicyLint
import Testing

@Suite("S12 test-contradiction")
struct TestContradictionTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(rest: "tests: [{ token: { event_name: push, ref: refs/heads/main }, deny: prod/KEY }]"),
            "test-contradiction «{ token: { event_name: push, ref: refs/heads/main }, deny: prod/KEY }»"
        ),
        (
            LintDraft(rest: "tests: [{ token: { event_name: pull_request }, allow: prod/KEY }]"),
            "test-contradiction «{ token: { event_name: pull_request }, allow: prod/KEY }»"
        ),
        (
            LintDraft(rest: "tests: [{ token: { event_name: pull_request }, deny: \"prod/X*\" }]"),
            #"test-contradiction «{ token: { event_name: pull_request }, deny: "prod/X*" }»"#
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(rest: "tests: [{ token: { event_name: push, ref: refs/heads/main }, allow: prod/KEY }]"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: TestContradiction()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: TestContradiction()).isEmpty)
    }
}
