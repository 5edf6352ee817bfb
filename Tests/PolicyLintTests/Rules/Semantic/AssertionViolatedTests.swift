import PolicyLint
import Testing

@Suite("S09 assertion-violated")
struct AssertionViolatedTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(rest: "assert: [{ id: x, never: { event_name: push }, read: prod/KEY }]"), "assertion-violated «x»"),
        (LintDraft(rest: "assert: [{ id: x, only: { environment: prod }, read: prod/KEY }]"), "assertion-violated «x»"),
        (
            LintDraft(rest: "assert: [{ id: x, possible: { event_name: pull_request }, read: prod/KEY }]"),
            "assertion-violated «x»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(rest: "assert: [{ id: x, never: { event_name: pull_request }, read: prod/KEY }]"),
        LintDraft(rest: "assert: [{ id: x, only: { ref: refs/heads/main }, read: prod/KEY }]"),
        LintDraft(rest: "assert: [{ id: x, possible: { event_name: push }, read: prod/KEY }]"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: AssertionViolated()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: AssertionViolated()).isEmpty)
    }
}
