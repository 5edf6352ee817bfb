import PolicyLint
import Testing

@Suite("S10 assertion-vacuous")
struct AssertionVacuousTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(rest: "assert: [{ id: x, never: { event_name: push }, read: \"prod/X*\" }]"),
            "assertion-vacuous «x»"
        ),
        (
            LintDraft(rest: "assert: [{ id: x, never: { event_name: push, ref: \"refs/pull/**\" }, read: prod/KEY }]"),
            "assertion-vacuous «event_name»"
        ),
        (
            LintDraft(rest: "assert: [{ id: x, never: { ref_type: banch }, read: prod/KEY }]"),
            "assertion-vacuous «ref_type»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(rest: "assert: [{ id: x, never: { event_name: pull_request }, read: prod/KEY }]"),
        LintDraft(rest: "assert: [{ id: x, possible: { event_name: push }, read: \"prod/X*\" }]"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: AssertionVacuous()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: AssertionVacuous()).isEmpty)
    }
}
