import PolicyLint
import Testing

@Suite("S05 fork-controlled-claim")
struct ForkControlledClaimTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("head_ref: deploy"), "fork-controlled-claim «head_ref»"),
        (LintDraft.when("event_name: push, workflow: Deploy"), "fork-controlled-claim «workflow»"),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.when("event_name: push"),
        LintDraft.when("head_ref: deploy, environment: prod"),
        LintDraft.when("event_name: push, head_ref: deploy"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: ForkControlledClaim()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: ForkControlledClaim()).isEmpty)
    }
}
